/** How long after a verdict it is in report.json at the latest, in milliseconds, where writing it takes no time. */
const AFTER = 200;
/** Writing the report while the run goes on may take this part of the time: one in so many. */
const SHARE = 20;

/** Keeps the report on disk near to the run, for a process that is killed; the larger the report, the less often. */
export class Snapshots {
  readonly #state: () => number;
  readonly #write: () => void;
  #timer: NodeJS.Timeout | undefined;
  #written = 0;
  #tookMs = 0;

  /** @param state another number whenever there is something new @param write what is new */
  constructor(state: () => number, write: () => void) {
    this.#state = state;
    this.#write = write;
  }

  start(): void {
    this.#written = this.#state();
    this.#wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    this.#timer = setTimeout(() => this.#look(), Math.max(AFTER, this.#tookMs * SHARE));
  }

  #look(): void {
    const state = this.#state();
    if (state !== this.#written) {
      const before = performance.now();
      this.#write();
      this.#tookMs = performance.now() - before;
      this.#written = state;
    }
    this.#wait();
  }
}
