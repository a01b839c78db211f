import type { Numbers } from '../settings/settings.ts';

/** Maximum concurrent requests, and requests in any second; 0 for no limit. */
type Bounds = Pick<Numbers, 'concurrency' | 'maxRps'>;

/** Weight of the newest interval in the moving average. */
const NEWEST_SHARE = 0.1;
/** Longest interval between requests that 429s can cause, in milliseconds. */
const SLOWEST_SPACING = 5_000;
/** Factor by which each normal answer shortens the interval. */
const RECOVERY = 0.9;

/**
 * Lets requests through in order, alone or in groups: a case's concurrent calls must leave together, or they would test
 * nothing. Slows down on 429 and recovers gradually.
 */
export class Gate {
  readonly #bounds: Bounds;
  readonly #waiting: { readonly size: number; enter(): void }[] = [];
  #underWay = 0;
  #spacing: number;
  #lastSize = 0;
  #lastAt = Number.NEGATIVE_INFINITY;
  #pausedUntil = 0;
  #slowedAt = Number.NEGATIVE_INFINITY;
  /** Average interval between requests, in milliseconds. */
  #interval = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
    this.#spacing = this.#ownSpacing;
  }

  /** Largest group. */
  get largest(): number {
    const { concurrency, maxRps } = this.#bounds;
    return maxRps === 0 ? concurrency : Math.min(concurrency, maxRps);
  }

  /** Current interval between requests, in milliseconds. */
  get spacing(): number {
    return this.#spacing;
  }

  /** Waits until `size` requests may leave together. @param size at most `largest` @returns the time they left */
  async enter(size = 1): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#waiting.push({ size, enter: resolve });
      this.#open();
    });
    return this.#lastAt;
  }

  /** Reports that one request has ended. */
  leave(): void {
    this.#underWay -= 1;
    this.#open();
  }

  /**
   * The server asked to slow down.
   * @param leftAt when the request left; requests of one group slow the gate down only once
   * @param waitMs how long to send nothing
   */
  slowDown(leftAt: number, waitMs: number): void {
    const now = performance.now();
    this.#pausedUntil = Math.max(this.#pausedUntil, now + waitMs);
    if (leftAt < this.#slowedAt) return;
    this.#slowedAt = now;
    // Half the rate of the last requests, which may be lower than the limit.
    // Uses the average only the first time, because it lags behind and would slow down without limit.
    const before = this.#spacing > this.#ownSpacing ? this.#spacing : Math.max(this.#spacing, this.#interval, 1);
    this.#spacing = Math.min(before * 2, SLOWEST_SPACING);
  }

  /** The server answered normally. */
  recover(): void {
    const recovered = this.#spacing * RECOVERY;
    // Ends the recovery, instead of approaching 0 forever.
    this.#spacing = Math.max(this.#ownSpacing, recovered < 1 ? 0 : recovered);
  }

  get #ownSpacing(): number {
    const { maxRps } = this.#bounds;
    return maxRps === 0 ? 0 : 1000 / maxRps;
  }

  #open(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#underWay + next.size > this.#bounds.concurrency) return;
      const now = performance.now();
      // Spaces two groups so that no window of one second contains more than the limit.
      const gap = this.#lastSize === 0 ? 0 : (this.#lastSize + next.size - 1) * this.#spacing;
      const from = Math.max(this.#lastAt + gap, this.#pausedUntil);
      if (from > now) {
        this.#openLater(from - now);
        return;
      }
      this.#waiting.shift();
      this.#underWay += next.size;
      const interval = Math.min((now - this.#lastAt) / next.size, SLOWEST_SPACING);
      if (this.#lastSize > 0) this.#interval += (interval - this.#interval) * NEWEST_SHARE;
      this.#lastSize = next.size;
      this.#lastAt = now;
      next.enter();
    }
  }

  #openLater(ms: number): void {
    clearTimeout(this.#timer);
    // A timer may fire a fraction of a millisecond early.
    this.#timer = setTimeout(() => this.#open(), Math.ceil(ms) + 1);
  }
}
