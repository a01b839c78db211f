import { FORM } from '../judge/customer/request.ts';
import type { HttpOutcome, HttpRequest } from './target.ts';
import { parseDateHeader, parseDateTime } from './times.ts';

/** What an answer says of a reference: no customer, one that was there before, or one that may be new. */
type State = 'refused' | 'old' | 'maybe-new';

/** The clock that a server writes its dates by need not be the one that it writes date_created by; milliseconds. */
const CLOCK_TOLERANCE = 120_000;

/** Counts the customers that requests may have created, by what their answers say. In doubt a customer is new. */
export class LeftBehind {
  readonly #states = new Map<string, State>();
  #unnamed = 0;

  /** @param started the server's time when the run began, in milliseconds since 1970, where it is known */
  note(request: HttpRequest, outcome: HttpOutcome, started: number | undefined): void {
    // A server that makes a reference up where there is none makes another one each time.
    const reference = referenceIn(request) || `call ${this.#unnamed++} without one`;
    const state = stateOf(outcome, started);
    const known = this.#states.get(reference);
    if (known === 'old' || (known === 'maybe-new' && state === 'refused')) return;
    this.#states.set(reference, state);
  }

  /** How many may be new. */
  get count(): number {
    return [...this.#states.values()].filter((state) => state === 'maybe-new').length;
  }
}

function stateOf(outcome: HttpOutcome, started: number | undefined): State {
  if (outcome.kind === 'failure') return outcome.reason === 'stopped' ? 'refused' : 'maybe-new';
  if (outcome.status >= 300 && outcome.status < 500) return 'refused';
  const created = createdIn(outcome.body);
  const old = created !== undefined && started !== undefined && created < started - CLOCK_TOLERANCE;
  return old ? 'old' : 'maybe-new';
}

/** The server's time of an answer. */
export function serverTime(outcome: HttpOutcome): number | undefined {
  return outcome.kind === 'answer' ? parseDateHeader(outcome.headers['date']) : undefined;
}

function createdIn(body: Uint8Array): number | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    if (typeof value !== 'object' || value === null || !('date_created' in value)) return undefined;
    return parseDateTime(value.date_created);
  } catch {
    return undefined;
  }
}

/** The reference that a server could create a customer for; a body of another kind stands for itself. */
function referenceIn({ headers, body }: HttpRequest): string {
  if (body === '') return '';
  const fields = new URLSearchParams(body);
  const named = fields.getAll('object_reference_id');
  if (named.length > 0 || headers['content-type'] === FORM) return named.join('\n');
  return body;
}
