/** How much may be under way, and how fast. */
export interface Bounds {
  /** Requests under way at the same time, at most. */
  readonly concurrency: number;
  /** Requests in any second, at most; 0 for no limit. */
  readonly maxRps: number;
}

/** How much the last request counts in the average time between two. */
const NEWEST_SHARE = 0.1;
/** The slowest that "too many" makes us, in milliseconds between requests. */
const SLOWEST_SPACING = 5_000;
/** What an answer that counts takes off the spacing that the server asked for. */
const RECOVERY = 0.95;

interface Waiting {
  readonly size: number;
  enter(): void;
}

/**
 * Lets requests through in the order in which they came, alone or some together: calls that a case makes at the same time
 * leave at the same time, or they would test nothing. Slows down when the server says "too many", and recovers gradually.
 */
export class Gate {
  readonly #bounds: Bounds;
  readonly #waiting: Waiting[] = [];
  #underWay = 0;
  #spacing: number;
  #lastSize = 0;
  #lastAt = Number.NEGATIVE_INFINITY;
  #pausedUntil = 0;
  #slowedAt = Number.NEGATIVE_INFINITY;
  /** The average time between requests, in milliseconds. */
  #interval = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
    this.#spacing = this.#ownSpacing;
  }

  /** As many as can leave together. */
  get largest(): number {
    const { concurrency, maxRps } = this.#bounds;
    return maxRps === 0 ? concurrency : Math.min(concurrency, maxRps);
  }

  /** Milliseconds between requests, as it is now. */
  get spacing(): number {
    return this.#spacing;
  }

  /** Waits until `size` requests may leave together. @param size `largest` at most @returns the time they left */
  async enter(size = 1): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#waiting.push({ size, enter: resolve });
      this.#open();
    });
    return this.#lastAt;
  }

  /** One request has ended. */
  leave(): void {
    this.#underWay -= 1;
    this.#open();
  }

  /**
   * The server said "too many" to a request.
   * @param leftAt when that request left: of some that left together, one is enough
   * @param waitMs how long the server wants nothing at all
   */
  slowDown(leftAt: number, waitMs: number): void {
    const now = performance.now();
    this.#pausedUntil = Math.max(this.#pausedUntil, now + waitMs);
    if (leftAt < this.#slowedAt) return;
    this.#slowedAt = now;
    // Half as many as were sent, which may be fewer than could have been.
    this.#spacing = Math.min(Math.max(this.#spacing, this.#interval, 1) * 2, SLOWEST_SPACING);
  }

  /** The server answered a request. */
  recover(): void {
    const recovered = this.#spacing * RECOVERY;
    // Below a millisecond it is none.
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
      // So many between two groups that no second, wherever it begins, holds more than the limit.
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
