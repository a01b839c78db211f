import type { HttpFailure, HttpOutcome } from '../targets/target.ts';

/** What is known of the calls of one kind that got no answer. */
interface Hangs {
  decided: number;
  asked: number;
}

/** After so many decided hangs of one kind the next one is believed at once; after so many, nobody asks any more. */
const BELIEVED = 3;
const MOST = 10;

/** What no answer means. */
export type NoAnswer =
  /** The server broke the claim. */
  | { readonly kind: 'broken'; readonly actual: string }
  /** The target has gone away. */
  | { readonly kind: 'gone'; readonly failure: HttpFailure }
  /** The second time there was one. */
  | { readonly kind: 'answered'; readonly outcome: HttpOutcome };

/**
 * Whether a failure may be the server's answer to this very call: it hangs, or breaks the connection or says "not now" at every
 * attempt. A rate limit says nothing of the call.
 */
export function mayBeAnswer({ reason, status, retried }: HttpFailure): boolean {
  return (
    reason === 'timeout' || reason === 'broken' || (reason === 'unavailable' && status !== 429 && retried.length > 0)
  );
}

/** Tells a server that does not answer some calls from one that is not there, and remembers it. */
export class NoAnswers {
  readonly #kinds = new Map<string, Hangs>();

  /** Why a call like these is not made any more. @param kind calls that a server treats alike */
  reasonNotToAsk(kind: string): string | undefined {
    const { decided = 0 } = this.#kinds.get(kind) ?? {};
    return decided < MOST ? undefined : `not asked: the server gave no answer to ${decided} calls like it`;
  }

  /**
   * Decides what it means that a call got no answer.
   * @param repeat makes the call once more @param ordinary makes an ordinary call; told how often it was asked
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
