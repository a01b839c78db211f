import pRetry from 'p-retry';
import type { FailedAttempt } from './failure.ts';
import type { EarlierAttempt, HttpAnswer, HttpOutcome } from './target.ts';
import { parseDateHeader } from './times.ts';

/** An answer to one attempt. */
export type AnsweredAttempt = Omit<HttpAnswer, 'retried' | 'earlier' | 'sentAt'>;
export type Attempt = AnsweredAttempt | FailedAttempt;

/** How often, and after how long, an attempt is repeated. */
export interface RetryBounds {
  /** Attempts at one request, the first one included. */
  readonly attempts: number;
  /** Milliseconds before the first repetition; doubled for each further one, and jittered to as much as twice that. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/** One request in ten failing, by chance, is then one run in a million that could not be judged. */
export const RETRY_BOUNDS: RetryBounds = { attempts: 8, firstDelayMs: 200, longestDelayMs: 5_000 };

/** The longest that a server's Retry-After is waited for, in milliseconds. */
export const LONGEST_RETRY_AFTER = 60_000;

/** Statuses that say "not now" and nothing of the request itself. */
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

/** Whether an attempt says nothing of the server's contract, so that it may be repeated: get-or-create is safe to repeat. */
export function isWorthRetrying(attempt: Attempt): boolean {
  return attempt.kind === 'answer' ? NOT_NOW.has(attempt.status) : attempt.passing;
}

/**
 * Repeats an attempt that is worth it, with growing, jittered delays. How long the server wants nothing at all (Retry-After)
 * holds for every request, and is the gate's business.
 * @returns the first attempt that counts; a failure `unavailable` where none did
 */
export async function withRetries(attempt: () => Promise<Attempt>, bounds: RetryBounds): Promise<HttpOutcome> {
  const retried: string[] = [];
  const earlier: EarlierAttempt[] = [];
  const { attempts, firstDelayMs, longestDelayMs } = bounds;
  const once = async (): Promise<HttpOutcome> => {
    const result = await attempt();
    // Counted back from the end: the attempt waited in the queue before it left.
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
      ? `${last}, to be repeated after ${wait / 1000} seconds: longer than this run waits`
      : `${last} at the last of ${retried.length + 1} attempts`;
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
 * How long a server asks for nothing to be sent (Retry-After, RFC 9110, 10.2.3), in milliseconds; undefined where it does
 * not say. A date counts from the answer's own Date: its clock may not be ours.
 */
export function waitAsked(attempt: Attempt): number | undefined {
  if (attempt.kind !== 'answer' || !NOT_NOW.has(attempt.status)) return undefined;
  const text = attempt.headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = parseDateHeader(text);
  if (until === undefined) return undefined;
  return Math.max(until - (parseDateHeader(attempt.headers['date']) ?? Date.now()), 0);
}
