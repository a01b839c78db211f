import { setTimeout } from 'node:timers/promises';
import type { FailedAttempt } from './failure.ts';
import type { EarlierAttempt, HttpAnswer, HttpOutcome } from './target.ts';
import { parseDateHeader } from './times.ts';

/** One attempt at a request. */
export type Attempt = Omit<HttpAnswer, 'retried' | 'earlier' | 'sentAt'> | FailedAttempt;

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

/**
 * Retries an attempt that says nothing about the server's contract, with growing, jittered delays; this is safe because
 * get-or-create is idempotent. A Retry-After applies to all requests, so the gate handles it.
 * @returns the first attempt that counts; a failure `unavailable` if none does
 */
export async function withRetries(
  attempt: () => Promise<Attempt>,
  { attempts, firstDelayMs, longestDelayMs }: RetryBounds,
): Promise<HttpOutcome> {
  const retried: string[] = [];
  const earlier: EarlierAttempt[] = [];
  for (let delay = firstDelayMs; ; delay *= 2) {
    const result = await attempt();
    // Computed from the end, because the attempt waited in the queue first.
    const timed = { sentAt: performance.now() - result.ms, ms: result.ms };
    const isWorthRetrying = result.kind === 'answer' ? NOT_NOW.has(result.status) : result.passing;
    if (!isWorthRetrying) return { ...result, retried, earlier, ...timed };
    const status = result.kind === 'answer' ? { status: result.status } : {};
    const said = result.kind === 'answer' ? `status ${result.status}` : result.message;
    const wait = waitAsked(result) ?? 0;
    if (wait > LONGEST_RETRY_AFTER || retried.length + 1 >= attempts) {
      const message =
        wait > LONGEST_RETRY_AFTER
          ? `${said} with a Retry-After of ${wait / 1000} seconds: longer than this run waits`
          : `${said} (the last of ${retried.length + 1} attempts)`;
      return { kind: 'failure', reason: 'unavailable', message, ...status, retried, earlier, ...timed };
    }
    retried.push(said);
    earlier.push({ ...timed, ...status });
    await setTimeout(Math.min(delay * (1 + Math.random()), longestDelayMs));
  }
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
