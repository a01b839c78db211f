import type { AskedOperation, HttpOutcome, HttpRequest } from './target.ts';
import { parseDateHeader } from './times.ts';

/** What an answer says of a customer: none, an existing one, or possibly a new one. */
type State = 'refused' | 'old' | 'maybe-new';

/** Tolerance in milliseconds, because the Date header and the creation time may come from different clocks. */
const CLOCK_TOLERANCE = 120_000;

/** Counts the customers that requests may have created, by their answers. In doubt a customer counts as new. */
export class CreatedCustomers {
  readonly #states = new Map<string, State>();
  readonly #operation: AskedOperation;
  #unnamed = 0;

  constructor(operation: AskedOperation) {
    this.#operation = operation;
  }

  /** @param started the server's time at the start of the run, in milliseconds since 1970, if known */
  note(request: HttpRequest, outcome: HttpOutcome, started: number | undefined): void {
    // A server that generates a missing reference creates a customer with each call.
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

  /** How many customers may be new. */
  get count(): number {
    return [...this.#states.values()].filter((state) => state === 'maybe-new').length;
  }
}

/** The server's time, from the answer's Date header. */
export function serverTime(outcome: HttpOutcome): number | undefined {
  return outcome.kind === 'answer' ? parseDateHeader(outcome.headers['date']) : undefined;
}
