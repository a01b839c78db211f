import type { AskedOperation, HttpOutcome, HttpRequest } from './target.ts';
import { parseDateHeader } from './times.ts';

/** What an answer says of a reference: no customer, one that was there before, or one that may be new. */
type State = 'refused' | 'old' | 'maybe-new';

/** The clock that a server writes its Date headers by need not be the one of its times of creation; milliseconds. */
const CLOCK_TOLERANCE = 120_000;

/** Counts the customers that requests may have created, by what their answers say. In doubt a customer is new. */
export class LeftBehind {
  readonly #states = new Map<string, State>();
  readonly #operation: AskedOperation;
  #unnamed = 0;

  constructor(operation: AskedOperation) {
    this.#operation = operation;
  }

  /** @param started the server's time when the run began, in milliseconds since 1970, where it is known */
  note(request: HttpRequest, outcome: HttpOutcome, started: number | undefined): void {
    // A server that makes a reference up where there is none makes another one each time.
    const reference = this.#operation.namedIn(request) || `call ${this.#unnamed++} without one`;
    const state = this.#stateOf(outcome, started);
    const known = this.#states.get(reference);
    if (known === 'old' || (known === 'maybe-new' && state === 'refused')) return;
    this.#states.set(reference, state);
  }

  #stateOf(outcome: HttpOutcome, started: number | undefined): State {
    if (outcome.kind === 'failure') return outcome.reason === 'stopped' ? 'refused' : 'maybe-new';
    if (outcome.status >= 300 && outcome.status < 500) return 'refused';
    const created = this.#operation.createdIn(outcome.body);
    const old = created !== undefined && started !== undefined && created < started - CLOCK_TOLERANCE;
    return old ? 'old' : 'maybe-new';
  }

  /** How many may be new. */
  get count(): number {
    return [...this.#states.values()].filter((state) => state === 'maybe-new').length;
  }
}

/** The server's time of an answer. */
export function serverTime(outcome: HttpOutcome): number | undefined {
  return outcome.kind === 'answer' ? parseDateHeader(outcome.headers['date']) : undefined;
}
