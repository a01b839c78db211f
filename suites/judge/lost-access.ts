import type { HttpAnswer, HttpOutcome } from '../targets/target.ts';

/** Maximum ordinary calls for this: a server that refuses only some calls has not revoked access. */
const MOST = 20;

/** What a run knows besides the answer. */
interface Told {
  /** Whether a case had an accepted call. */
  readonly isMet: boolean;
  /** Whether an answer accepts an ordinary call. */
  readonly isLetIn: (answer: HttpAnswer) => boolean;
  /** Explains a refusal by the server's own words and advice. */
  readonly inWords: (answer: HttpAnswer) => string;
}

/**
 * Distinguishes a service that has revoked access (a key, an address, with any status) from a server that breaks a claim.
 */
export class LostAccess {
  #wasLetIn = false;
  #asked = 0;
  #reason: string | undefined;
  /** One question at a time, so that later ones know the result. */
  #turn: Promise<unknown> = Promise.resolve();

  /** Why nothing is sent any more; undefined while access is granted. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Records that an ordinary call was accepted before the first case. */
  letIn(): void {
    this.#wasLetIn = true;
  }

  /**
   * Why nothing can be judged any more, if an ordinary call is refused too.
   * @param ordinary sends an ordinary call, with the number of earlier ones
   * @param isUnexplained whether the refusal has no known cause; otherwise only a status about access counts
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
    // Twice, because a server that refuses every other call has not revoked access.
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
