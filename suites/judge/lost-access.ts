import type { HttpAnswer, HttpOutcome } from '../targets/target.ts';

/** How often an ordinary call is asked for it: a server that refuses one call and accepts the next has lost nobody. */
const MOST = 20;

/** What a run knows beside the answer. */
interface Told {
  /** A case has had an accepted call. */
  readonly isMet: boolean;
  /** Whether an answer to an ordinary call lets it in. */
  readonly isLetIn: (answer: HttpAnswer) => boolean;
  /** Why a call is not let in: the server's own words, and what they suggest. */
  readonly inWords: (answer: HttpAnswer) => string;
}

/**
 * Tells a service that lets nobody in any more (a key revoked, an address blocked, whatever the status) from a server that
 * breaks a claim.
 */
export class LostAccess {
  #wasLetIn = false;
  #asked = 0;
  #reason: string | undefined;
  /** One question after the other: whoever asks second knows what the first was told. */
  #turn: Promise<unknown> = Promise.resolve();

  /** Why nothing is asked any more; undefined while all is well. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** An ordinary call was accepted before the first case. */
  letIn(): void {
    this.#wasLetIn = true;
  }

  /**
   * Why nothing can be judged any more, where an ordinary call is refused like this one.
   * @param ordinary makes an ordinary call; told how often it was asked
   * @param isUnexplained nothing in the call was found to be the reason; without it, only a status about access is looked into
   */
  explains(
    { status }: HttpAnswer,
    ordinary: (position: number) => Promise<HttpOutcome>,
    told: Told,
    isUnexplained: boolean,
  ): Promise<string | undefined> {
    const mayBe = isAboutAccess(status) ? this.#wasLetIn || told.isMet : isUnexplained && this.#wasLetIn;
    if (!mayBe) return Promise.resolve(this.#reason);
    const found = this.#turn.then(() => this.#ask(ordinary, told));
    this.#turn = found;
    return found;
  }

  async #ask(
    ordinary: (position: number) => Promise<HttpOutcome>,
    { isLetIn, inWords }: Told,
  ): Promise<string | undefined> {
    if (this.#reason !== undefined || this.#asked >= MOST) return this.#reason;
    const isRefused = (outcome: HttpOutcome): outcome is HttpAnswer =>
      outcome.kind === 'answer' && (this.#wasLetIn ? !isLetIn(outcome) : isAboutAccess(outcome.status));
    const usual = await ordinary(this.#asked++);
    // Twice: a server that refuses every other call has lost nobody either.
    const again = isRefused(usual) ? await ordinary(this.#asked++) : usual;
    if (isRefused(again)) {
      this.#reason = `an ordinary call, accepted earlier in this run, is now refused: ${inWords(again)}`;
    }
    return this.#reason;
  }
}

function isAboutAccess(status: number): boolean {
  return status === 401 || status === 403;
}
