/** Reproducible random choices. */
export interface Random {
  /** An integer from 0, below the limit. */
  below(limit: number): number;
  /** An integer, including both ends. */
  between(from: number, to: number): number;
  /** An item of the list. @throws Error if it is empty */
  pick<T>(list: readonly T[]): T;
  /** An item of a list with weights. */
  weighted<T>(list: readonly (readonly [weight: number, value: T])[]): T;
  chance(probability: number): boolean;
}

/** The choices for one sample, determined by seed and index. */
export function randomFor(seed: number, index: number): Random {
  // mulberry32, seeded with both numbers: simple, and random enough for choices.
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error('nothing to pick from');
    return list[below(list.length)] as T;
  };
  return {
    below,
    pick,
    between: (from, to) => from + below(to - from + 1),
    chance: (probability) => next() < probability,
    weighted(list) {
      let left = next() * list.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of list) {
        left -= weight;
        if (left < 0) return value;
      }
      return pick(list)[1];
    },
  };
}
