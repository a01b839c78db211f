/** How long after a verdict it is in report.json at the latest, in milliseconds, where writing it takes no time. */
const AFTER = 200;
/** Writing the report while the run goes on may take this part of the time: one in so many. */
const SHARE = 20;

/** Keeps the report on disk near to the run, for a process that is killed; the larger the report, the less often. */
export class Snapshots {
  readonly #write: () => void;
  #timer: NodeJS.Timeout | undefined;
  #tookMs = 0;

  constructor(write: () => void) {
    this.#write = write;
  }

  /** Something is there that is not written yet. */
  soon(): void {
    this.#timer ??= setTimeout(() => this.#take(), Math.max(AFTER, this.#tookMs * SHARE));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #take(): void {
    this.#timer = undefined;
    const before = performance.now();
    this.#write();
    this.#tookMs = performance.now() - before;
  }
}
