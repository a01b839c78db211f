import type { HttpAnswer, HttpFailure, HttpOutcome } from '../targets/target.ts';

/** Unanswered calls of one kind. */
interface Hangs {
  decided: number;
  asked: number;
}

/** After this many decided hangs of one kind, the next is not verified; after MOST, such calls are not sent. */
const BELIEVED = 3;
const MOST = 10;

/** What a missing answer means. */
export type NoAnswer =
  /** The server broke the claim. */
  | { readonly kind: 'broken'; readonly actual: string }
  /** The target has stopped answering. */
  | { readonly kind: 'gone'; readonly failure: HttpFailure }
  /** The repetition was answered. */
  | { readonly kind: 'answered'; readonly outcome: HttpOutcome };

/**
 * Whether a failure may be the server's answer to this specific call: a hang, or a broken connection or "not now" at every
 * attempt. A rate limit says nothing about the call.
 */
export function mayBeAnswer({ reason, status, retried }: HttpFailure): boolean {
  return (
    reason === 'timeout' || reason === 'broken' || (reason === 'unavailable' && status !== 429 && retried.length > 0)
  );
}

/** Distinguishes a server that does not answer some calls from one that is down, and remembers it. */
export class NoAnswers {
  readonly #kinds = new Map<string, Hangs>();

  /** Why such a call is not sent any more. @param kind calls that a server treats alike */
  reasonNotToAsk(kind: string): string | undefined {
    const { decided = 0 } = this.#kinds.get(kind) ?? {};
    return decided < MOST ? undefined : `not asked: the server gave no answer to ${decided} calls like it`;
  }

  /**
   * Decides what a missing answer means.
   * @param repeat repeats the call @param ordinary sends an ordinary call, with the number of earlier ones
   */
  async decide(
    kind: string,
    failure: HttpFailure,
    repeat: () => Promise<HttpOutcome>,
    ordinary: (position: number) => Promise<HttpOutcome>,
  ): Promise<NoAnswer> {
    const hangs = this.#kinds.get(kind) ?? { decided: 0, asked: 0 };
    this.#kinds.set(kind, hangs);
    const what = failure.reason === 'timeout' ? `no answer in ${Math.round(failure.ms / 100) / 10} s` : failure.message;
    if (hangs.decided >= BELIEVED) {
      hangs.decided += 1;
      return { kind: 'broken', actual: `${what}, as with ${hangs.decided - 1} calls like it` };
    }
    const again = await repeat();
    if (again.kind === 'answer') return { kind: 'answered', outcome: again };
    const usual = await ordinary(hangs.asked++);
    if (usual.kind === 'failure') return { kind: 'gone', failure: usual };
    if (!mayBeAnswer(again)) return { kind: 'gone', failure: again };
    hangs.decided += 1;
    return { kind: 'broken', actual: `${what}, twice; an ordinary call was answered in ${Math.round(usual.ms)} ms` };
  }
}

/** Why a case ends early without breaking a claim. */
export interface Stop {
  readonly verdict: 'error' | 'not-run';
  readonly reason: string;
  /** Label of the step whose call could not be judged. */
  readonly step?: string;
}

/** A call without an answer. @param label of its step */
export function unanswered(failure: HttpFailure, label: string): Stop {
  return stopFor(failure, failure.message, label);
}

/** An answer with an unknown cause, because the call to find it got no answer. @param where describes that call */
export function undecided({ status }: HttpAnswer, failure: HttpFailure, label: string, where: string): Stop {
  return stopFor(failure, `status ${status}, and no answer ${where}: ${failure.message}`, label);
}

/** Only recorded requests can be replayed; others are not errors. */
function stopFor({ reason, message }: HttpFailure, text: string, step: string): Stop {
  return reason === 'not-recorded' ? { verdict: 'not-run', reason: message } : { verdict: 'error', reason: text, step };
}
