import type { HttpOutcome } from './target.ts';

/** Failed requests in a row, after which an ordinary request checks whether the target still answers. */
const FAILURES = 5;

/**
 * Ends a run whose target has stopped answering. A server that hangs on some requests but answers an ordinary one has not,
 * no matter how many of them hang.
 */
export class Breaker {
  readonly #probe: () => Promise<HttpOutcome>;
  readonly #onOpen: (reason: string) => void;
  #failures = 0;
  #asking = false;
  #reason: string | undefined;

  /** @param probe sends an ordinary request @param onOpen is called once, with the reason */
  constructor(probe: () => Promise<HttpOutcome>, onOpen: (reason: string) => void) {
    this.#probe = probe;
    this.#onOpen = onOpen;
  }

  /** Why nothing is sent any more; undefined while requests may be sent. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Counts failed requests. @returns the outcome it was given */
  watch(outcome: HttpOutcome): HttpOutcome {
    if (outcome.kind === 'answer') this.#failures = 0;
    else if (outcome.reason !== 'stopped') this.#failures += 1;
    if (this.#failures >= FAILURES && !this.#asking && this.#reason === undefined) void this.#ask();
    return outcome;
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    const outcome = await this.#probe();
    this.#asking = false;
    this.#failures = 0;
    if (outcome.kind === 'answer' || outcome.reason === 'stopped') return;
    this.open(
      `the target stopped answering: after ${FAILURES} failed requests in a row an ordinary one failed too (${outcome.message})`,
    );
  }

  /** Ends the run. @param reason for the report */
  open(reason: string): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#onOpen(reason);
  }
}
