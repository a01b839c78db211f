import type { HttpOutcome } from './target.ts';

/** Failed requests in a row, after which an ordinary one is asked whether the target is still there. */
const FAILURES = 5;

/**
 * Ends a run whose target has gone away: what has not begun does not begin any more. A server that hangs at some requests
 * and answers an ordinary one is not gone, however many of them there are.
 */
export class Breaker {
  readonly #probe: () => Promise<HttpOutcome>;
  readonly #onOpen: (reason: string) => void;
  #failures = 0;
  #asking = false;
  #reason: string | undefined;

  /** @param probe sends an ordinary request @param onOpen is told once, why */
  constructor(probe: () => Promise<HttpOutcome>, onOpen: (reason: string) => void) {
    this.#probe = probe;
    this.#onOpen = onOpen;
  }

  /** Why nothing is sent any more; undefined while all is well. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Takes note of what became of a request. @returns the same */
  watch(outcome: HttpOutcome): HttpOutcome {
    if (outcome.kind === 'answer') this.#failures = 0;
    else if (outcome.reason !== 'stopped') this.#failed();
    return outcome;
  }

  #failed(): void {
    this.#failures += 1;
    if (this.#failures < FAILURES || this.#asking || this.#reason !== undefined) return;
    this.#asking = true;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const outcome = await this.#probe();
    this.#asking = false;
    this.#failures = 0;
    if (outcome.kind === 'answer' || outcome.reason === 'stopped') return;
    this.open(
      `the target went away: after ${FAILURES} failed requests an ordinary one failed too (${outcome.message})`,
    );
  }

  /** Ends the run. @param reason why, for a person */
  open(reason: string): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#onOpen(reason);
  }
}
