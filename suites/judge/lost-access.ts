import type { HttpAnswer, HttpOutcome } from '../targets/target.ts';

/** How often an ordinary call is asked for it: a server that refuses one call and accepts the next has lost nobody. */
const MOST = 5;

/** Tells a key that was revoked, or an address that was blocked, in the middle of a run from a server that breaks a claim. */
export class LostAccess {
  #asked = 0;
  #reason: string | undefined;

  /**
   * Why nothing can be judged any more, where an ordinary call is refused like this one.
   * @param ordinary makes an ordinary call, of a kind that was accepted before; told how often it was asked
   */
  async explains(
    { status }: HttpAnswer,
    ordinary: (position: number) => Promise<HttpOutcome>,
  ): Promise<string | undefined> {
    if (status !== 401 && status !== 403) return undefined;
    if (this.#reason !== undefined || this.#asked >= MOST) return this.#reason;
    const usual = await ordinary(this.#asked++);
    if (usual.kind === 'answer' && (usual.status === 401 || usual.status === 403)) {
      this.#reason =
        `an ordinary call, accepted earlier in this run, is now refused with status ${usual.status}: ` +
        'the key was revoked, or this machine blocked';
    }
    return this.#reason;
  }
}
