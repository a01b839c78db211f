import pRetry from 'p-retry';
import type { FailedAttempt } from './failure.ts';
import type { EarlierAttempt, HttpAnswer, HttpOutcome } from './target.ts';
import { parseDateHeader } from './times.ts';

/** An answer to one attempt. */
export type AnsweredAttempt = Omit<HttpAnswer, 'retried' | 'earlier' | 'sentAt'>;
export type Attempt = AnsweredAttempt | FailedAttempt;

/** Limits of retries. */
export interface RetryBounds {
  /** Attempts at one request, including the first one. */
  readonly attempts: number;
  /** Milliseconds before the first retry; doubles with each further one, plus up to 100% jitter. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/** If 1 of 10 requests fails at random, 1 run in a million then could not be judged. */
export const RETRY_BOUNDS: RetryBounds = { attempts: 8, firstDelayMs: 200, longestDelayMs: 5_000 };

/** The longest accepted Retry-After, in milliseconds. */
export const LONGEST_RETRY_AFTER = 60_000;

/** Temporary statuses that say nothing about the request. */
const NOT_NOW = new Set([408, 429, 502, 503, 504]);

class NotNow extends Error {
  readonly attempt: Attempt;
  readonly sentAt: number;

  constructor(attempt: Attempt, sentAt: number) {
    super('not now');
    this.attempt = attempt;
    this.sentAt = sentAt;
  }
}

/** Whether an attempt says nothing about the server's contract. Retries are safe because get-or-create is idempotent. */
export function isWorthRetrying(attempt: Attempt): boolean {
  return attempt.kind === 'answer' ? NOT_NOW.has(attempt.status) : attempt.passing;
}

/**
 * Retries with growing, jittered delays. A Retry-After applies to all requests, so the gate handles it.
 * @returns the first attempt that counts; a failure `unavailable` if none does
 */
export async function withRetries(attempt: () => Promise<Attempt>, bounds: RetryBounds): Promise<HttpOutcome> {
  const retried: string[] = [];
  const earlier: EarlierAttempt[] = [];
  const { attempts, firstDelayMs, longestDelayMs } = bounds;
  const once = async (): Promise<HttpOutcome> => {
    const result = await attempt();
    // Computed from the end, because the attempt waited in the queue first.
    const sentAt = performance.now() - result.ms;
    if (isWorthRetrying(result)) throw new NotNow(result, sentAt);
    return { ...result, retried, earlier, sentAt };
  };
  try {
    return await pRetry(once, {
      retries: attempts - 1,
      minTimeout: firstDelayMs,
      maxTimeout: longestDelayMs,
      randomize: true,
      shouldRetry: ({ error, retriesLeft }) => {
        if (!(error instanceof NotNow) || retriesLeft === 0 || asksForTooLong(error.attempt)) return false;
        const { attempt, sentAt } = error;
        retried.push(describe(attempt));
        earlier.push({ sentAt, ms: attempt.ms, ...(attempt.kind === 'answer' ? { status: attempt.status } : {}) });
        return true;
      },
    });
  } catch (thrown) {
    if (!(thrown instanceof NotNow)) throw thrown;
    const last = describe(thrown.attempt);
    const wait = waitAsked(thrown.attempt) ?? 0;
    const message = asksForTooLong(thrown.attempt)
      ? `${last} with a Retry-After of ${wait / 1000} seconds: longer than this run waits`
      : `${last} (the last of ${retried.length + 1} attempts)`;
    return {
      kind: 'failure',
      reason: 'unavailable',
      message,
      ...(thrown.attempt.kind === 'answer' ? { status: thrown.attempt.status } : {}),
      retried,
      earlier,
      sentAt: thrown.sentAt,
      ms: thrown.attempt.ms,
    };
  }
}

function describe(attempt: Attempt): string {
  return attempt.kind === 'answer' ? `status ${attempt.status}` : attempt.message;
}

function asksForTooLong(attempt: Attempt): boolean {
  return (waitAsked(attempt) ?? 0) > LONGEST_RETRY_AFTER;
}

/**
 * How long a server asks to wait (Retry-After, RFC 9110, 10.2.3), in milliseconds; undefined if it does not say. A date is
 * relative to the answer's own Date header, because clocks may differ.
 */
export function waitAsked(attempt: Attempt): number | undefined {
  if (attempt.kind !== 'answer' || !NOT_NOW.has(attempt.status)) return undefined;
  const text = attempt.headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = parseDateHeader(text);
  if (until === undefined) return undefined;
  return Math.max(until - (parseDateHeader(attempt.headers['date']) ?? Date.now()), 0);
}
