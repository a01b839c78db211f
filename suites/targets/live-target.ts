import type { Settings } from '../settings/settings.ts';
import { Admission } from './admission.ts';
import { Breaker } from './breaker.ts';
import { type Client, openClient } from './client.ts';
import { LeftBehind, serverTime } from './created-customers.ts';
import { Gate } from './gate.ts';
import { Budget, type Reservation } from './request-budget.ts';
import {
  type Attempt,
  LONGEST_RETRY_AFTER,
  RETRY_BOUNDS,
  type RetryBounds,
  waitAsked,
  withRetries,
} from './retries.ts';
import type { AskedOperation, HttpOutcome, HttpRequest, Spent, Target } from './target.ts';

/** Options that are not settings. */
export interface LiveOptions {
  /** Used up by an earlier part of the run; without it, the target counts as not reached yet. */
  readonly spent?: Spent;
  readonly retries?: RetryBounds;
}

/** The settings of a live target, and the operation to call. */
export interface LiveSettings
  extends Pick<
    Settings,
    | 'baseUrl'
    | 'apiKey'
    | 'account'
    | 'headers'
    | 'timeoutMs'
    | 'maxRps'
    | 'concurrency'
    | 'maxRequests'
    | 'maxNewCustomers'
    | 'maxAnswerBytes'
  > {
  readonly operation: AskedOperation;
}

/** A live target, which counts what it has used up. */
export interface LiveTarget extends Target {
  readonly lease: NonNullable<Target['lease']>;
  readonly spent: Spent;
  /** Stops sending. @param reason for the report */
  stop(reason: string): void;
}

/** Cases per concurrent request, so that another one runs while one waits for a retry. */
const CASES_PER_PLACE = 2;

/** A server at a base URL, called over HTTP within the settings' limits. */
export function openLiveTarget(
  settings: LiveSettings,
  { spent, retries = RETRY_BOUNDS }: LiveOptions = {},
): LiveTarget {
  const { baseUrl, apiKey, account, headers, concurrency, maxRequests, maxNewCustomers, operation } = settings;
  const client = openClient(settings);
  const gate = new Gate(settings);
  const budget = new Budget({ requests: maxRequests, customers: maxNewCustomers }, spent ?? NOTHING);
  const admission = new Admission(budget, {
    places: concurrency * CASES_PER_PLACE,
    atOnce: gate.largest,
    limits: {
      requests: `JUSPAY_MAX_REQUESTS (${maxRequests})`,
      customers: `JUSPAY_MAX_NEW_CUSTOMERS (${maxNewCustomers})`,
    },
  });
  const shared = { client, gate, retries, operation, state: { reached: spent !== undefined, started: undefined } };
  const outside = new Sender(shared, budget.reserve(NOTHING), () => breaker);
  const breaker: Breaker = new Breaker(
    () => outside.sendNow(operation.ordinaryRequest(settings)),
    (reason) => admission.stop(reason),
  );
  const about = {
    kind: 'live',
    host: new URL(baseUrl).host,
    apiKey,
    account,
    headers,
    atOnce: gate.largest,
    close: () => client.close(),
  } as const;
  const targetOf = (sender: Sender): Target => ({
    ...about,
    send: async (request) => breaker.watch(await sender.send(request)),
  });
  let counted = 0;
  /** Requests outside of cases have no reservation, and each may create a customer. */
  const sendOutside = async (request: HttpRequest): Promise<HttpOutcome> => {
    if (budget.fits(ONE_CUSTOMER) !== 'now') return noRoom(`JUSPAY_MAX_NEW_CUSTOMERS (${maxNewCustomers})`);
    const reservation = budget.reserve(ONE_CUSTOMER);
    const outcome = breaker.watch(await outside.send(request));
    reservation.settle(outside.leftBehind - counted);
    counted = outside.leftBehind;
    return outcome;
  };
  return {
    ...about,
    send: sendOutside,
    stop: (reason) => breaker.open(reason),
    get spent() {
      return budget.spent;
    },
    async lease(need) {
      const admitted = await admission.ask(need);
      if (admitted.kind === 'refused') return admitted;
      const sender = new Sender(shared, admitted.reservation, () => breaker);
      const end = (): number => {
        admitted.reservation.settle(sender.leftBehind);
        admission.leave();
        return sender.leftBehind;
      };
      return { kind: 'granted', target: targetOf(sender), end };
    },
  };
}

/** Attempts at the ordinary request that checks whether the target still answers. */
const PROBE_ATTEMPTS = 3;

/** Pause in milliseconds after a 429 without Retry-After; the gate halves the rate anyway. */
const UNSAID = 1;

const NOTHING: Spent = { requests: 0, customers: 0 };
const ONE_CUSTOMER: Spent = { requests: 0, customers: 1 };

function noRoom(limit: string): HttpOutcome {
  return {
    kind: 'failure',
    reason: 'stopped',
    message: `${limit} leaves no room for another request`,
    retried: [],
    ms: 0,
  };
}

interface Shared {
  readonly client: Client;
  readonly gate: Gate;
  readonly retries: RetryBounds;
  readonly operation: AskedOperation;
  readonly state: {
    /** The target has answered before, so that an unreachable target is worth a retry. */
    reached: boolean;
    /** The server's time at the start of the run. */
    started: number | undefined;
  };
}

interface Queued {
  readonly request: HttpRequest;
  resolve(outcome: Promise<HttpOutcome>): void;
}

/** Sends the requests of one case, or those outside of cases. */
class Sender {
  readonly #shared: Shared;
  readonly #reservation: Reservation;
  readonly #breaker: () => Breaker;
  readonly #created: LeftBehind;
  #together: Queued[] = [];

  constructor(shared: Shared, reservation: Reservation, breaker: () => Breaker) {
    this.#shared = shared;
    this.#created = new LeftBehind(shared.operation);
    this.#reservation = reservation;
    this.#breaker = breaker;
  }

  /** How many customers its requests may have created. */
  get leftBehind(): number {
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
    const { client, gate, state } = this.#shared;
    const { reason } = this.#breaker();
    if (reason !== undefined) return stopped(reason);
    if (!this.#reservation.take()) return stopped('JUSPAY_MAX_REQUESTS leaves no room for another request');
    const attempt = await client.ask(request);
    const asked = waitAsked(attempt);
    const isTooMany = attempt.kind === 'answer' && attempt.status === 429;
    // With Retry-After: 0 the server does not ask for fewer requests.
    const wait = asked ?? (isTooMany ? UNSAID : 0);
    if (wait > LONGEST_RETRY_AFTER) {
      this.#breaker().open(`the target asks to wait ${wait / 1000} seconds: longer than this run waits`);
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

function stopped(message: string): Attempt {
  return { kind: 'failure', reason: 'stopped', message, ms: 0, passing: false };
}
