import type { Reservation } from './admission.ts';
import type { Breaker } from './breaker.ts';
import type { Client } from './client.ts';
import { CreatedCustomers, serverTime } from './created-customers.ts';
import type { Gate } from './gate.ts';
import { type Attempt, LONGEST_RETRY_AFTER, type RetryBounds, waitAsked, withRetries } from './retries.ts';
import type { AskedOperation, HttpOutcome, HttpRequest } from './target.ts';

/** Attempts at the ordinary request that checks whether the target still answers. */
const PROBE_ATTEMPTS = 3;

/** Pause in milliseconds after a 429 without Retry-After; the gate halves the rate anyway. */
const UNSAID = 1;

/** What all senders of a target share. */
interface Shared {
  readonly client: Client;
  readonly gate: Gate;
  readonly breaker: Breaker;
  readonly retries: RetryBounds;
  readonly operation: AskedOperation;
  /** Whether the target has answered before, and the server's time at the start of the run. */
  readonly state: { reached: boolean; started: number | undefined };
}

interface Queued {
  readonly request: HttpRequest;
  resolve(outcome: Promise<HttpOutcome>): void;
}

/** Sends the requests of one case, or those outside of cases. */
export class Sender {
  readonly #shared: Shared;
  readonly #reservation: Reservation;
  readonly #created: CreatedCustomers;
  #together: Queued[] = [];

  constructor(shared: Shared, reservation: Reservation) {
    this.#shared = shared;
    this.#created = new CreatedCustomers(shared.operation);
    this.#reservation = reservation;
  }

  /** How many customers its requests may have created. */
  get created(): number {
    return this.#created.count;
  }

  /** Sends a request together with all others of the same microtask. */
  send(request: HttpRequest): Promise<HttpOutcome> {
    return new Promise((resolve) => {
      this.#together.push({ request, resolve });
      if (this.#together.length === 1) queueMicrotask(() => this.#sendTogether());
    });
  }

  /** Sends a request alone with few retries, because others have failed already. */
  sendNow(request: HttpRequest): Promise<HttpOutcome> {
    const { retries, gate } = this.#shared;
    return this.#sendOne(request, gate.enter(), { ...retries, attempts: Math.min(retries.attempts, PROBE_ATTEMPTS) });
  }

  #sendTogether(): void {
    const { gate } = this.#shared;
    const queued = this.#together;
    this.#together = [];
    while (queued.length > 0) {
      const group = queued.splice(0, gate.largest);
      const entered = gate.enter(group.length);
      for (const { request, resolve } of group) resolve(this.#sendOne(request, entered));
    }
  }

  async #sendOne(
    request: HttpRequest,
    entered: Promise<number>,
    retries: RetryBounds = this.#shared.retries,
  ): Promise<HttpOutcome> {
    const { gate, state } = this.#shared;
    let first: Promise<number> | undefined = entered;
    const outcome = await withRetries(async () => {
      const leftAt = await (first ?? gate.enter());
      first = undefined;
      try {
        return await this.#attempt(request, leftAt);
      } finally {
        gate.leave();
      }
    }, retries);
    state.started ??= serverTime(outcome);
    this.#created.note(request, outcome, state.started);
    return outcome;
  }

  async #attempt(request: HttpRequest, leftAt: number): Promise<Attempt> {
    const { client, gate, breaker, state } = this.#shared;
    if (breaker.reason !== undefined) return stopped(breaker.reason);
    if (!this.#reservation.take()) return stopped('JUSPAY_MAX_REQUESTS leaves no room for another request');
    const attempt = await client.ask(request);
    const asked = waitAsked(attempt);
    const isTooMany = attempt.kind === 'answer' && attempt.status === 429;
    // With Retry-After: 0 the server does not ask for fewer requests.
    const wait = asked ?? (isTooMany ? UNSAID : 0);
    if (wait > LONGEST_RETRY_AFTER) {
      breaker.open(`the target asks to wait ${wait / 1000} seconds: longer than this run waits`);
    } else if (wait > 0) {
      gate.slowDown(leftAt, wait);
    } else if (attempt.kind === 'answer') {
      state.reached = true;
      gate.recover();
    }
    return attempt.kind === 'failure' && attempt.reason === 'unreachable' && !state.reached
      ? { ...attempt, passing: false }
      : attempt;
  }
}

/** A request that is not sent any more. */
export function stopped(message: string) {
  return { kind: 'failure', reason: 'stopped', message, ms: 0, passing: false } as const;
}
