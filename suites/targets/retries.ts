import { setTimeout as wait } from 'node:timers/promises';
import type { FailedAttempt } from './failure.ts';
import type { HttpAnswer, HttpOutcome } from './target.ts';

/** An answer to one attempt. */
export type AnsweredAttempt = Omit<HttpAnswer, 'retried'>;
export type Attempt = AnsweredAttempt | FailedAttempt;

/** Attempts at one request, the first one included. */
const ATTEMPTS = 5;
/** Milliseconds before the first repetition; doubled for each further one. */
const FIRST_DELAY = 200;
/** The longest wait that a server's Retry-After can ask for, in milliseconds. */
const LONGEST_DELAY = 30_000;

/** Statuses that say "not now" and nothing of the request itself. */
const NOT_NOW = new Set([429, 502, 503, 504]);

/** Completes an answer's fields. */
export function answerOf(answer: Omit<AnsweredAttempt, 'kind'>): AnsweredAttempt {
  return { kind: 'answer', ...answer };
}

/** Whether an attempt says nothing of the server's contract, so that it may be repeated: get-or-create is safe to repeat. */
export function isWorthRetrying(attempt: Attempt): boolean {
  return attempt.kind === 'answer' ? NOT_NOW.has(attempt.status) : attempt.passing;
}

/**
 * Repeats an attempt that is worth it, with growing, jittered delays, or after as long as the server asks for.
 * @returns the first attempt that counts; a failure `unavailable` where none did
 */
export async function withRetries(attempt: () => Promise<Attempt>): Promise<HttpOutcome> {
  const retried: string[] = [];
  for (;;) {
    const result = await attempt();
    if (!isWorthRetrying(result)) return { ...result, retried };
    const what = result.kind === 'answer' ? `status ${result.status}` : result.message;
    if (retried.length === ATTEMPTS - 1) {
      const message = `${what} at each of ${ATTEMPTS} attempts`;
      return { kind: 'failure', reason: 'unavailable', message, retried, ms: result.ms };
    }
    const jittered = FIRST_DELAY * 2 ** retried.length * (0.5 + Math.random() / 2);
    retried.push(what);
    await wait(result.kind === 'answer' ? Math.max(jittered, retryAfter(result)) : jittered);
  }
}

/** A Retry-After header (RFC 9110, 10.2.3) in milliseconds; a date counts from the answer's own Date. */
function retryAfter({ headers }: AnsweredAttempt): number {
  const text = headers['retry-after'] ?? '';
  const asked = /^\d+$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - (Date.parse(headers['date'] ?? '') || Date.now());
  return Number.isNaN(asked) ? 0 : Math.min(Math.max(asked, 0), LONGEST_DELAY);
}
