/** One choice to make for a row, among named levels. */
export interface Factor {
  readonly name: string;
  readonly levels: readonly string[];
  /** How many values a level has: it is preferred that often before only pairs count; default 1. */
  readonly sizes?: Readonly<Record<string, number>>;
}

/** The chosen level of each applicable factor. */
export type Chosen = Readonly<Record<string, string>>;

/** Whether a level is allowed in a row; without any allowed level the row has no such factor. */
export type Allows = (factor: string, level: string) => boolean;

/** A level's index among all levels of all factors; undefined if the row has no such factor. */
type Option = number | undefined;

function orNothing(options: readonly Option[] = []): readonly Option[] {
  return options.length === 0 ? [undefined] : options;
}

/**
 * Chooses levels for one row after another, so that each row has as many new pairs of levels as possible: a covering array of
 * strength two, as far as the rows allow. Deterministic.
 * @param factors with the most levels first, because they are chosen in pairs
 */
export function coverPairs(factors: readonly Factor[], rows: readonly Allows[]): Chosen[] {
  const levels = factors.flatMap(({ name, levels: names, sizes }, factor) =>
    names.map((level) => ({ factor, name, level, size: sizes?.[level] ?? 1 })),
  );
  const size = levels.length;
  const seen = new Uint8Array(size * size);
  const used = new Uint16Array(size);
  return rows.map((allows) => {
    const options: Option[][] = factors.map(() => []);
    for (const [at, { factor, name, level }] of levels.entries()) if (allows(name, level)) options[factor]?.push(at);
    const taken: number[] = [];
    for (let factor = 0; factor < factors.length; factor += 2) {
      const [one, other] = bestTwo(orNothing(options[factor]), orNothing(options[factor + 1]), taken);
      for (const at of [one, other]) if (at !== undefined) take(at, taken);
    }
    return Object.fromEntries(taken.flatMap((at) => (levels[at] ? [[levels[at].name, levels[at].level]] : [])));
  });

  function bestTwo(ones: readonly Option[], others: readonly Option[], taken: readonly number[]): readonly Option[] {
    let best: readonly Option[] = [];
    let bestScore = Number.NEGATIVE_INFINITY;
    const scores = others.map((other) => scoreOf(other, taken));
    for (const one of ones) {
      const score = scoreOf(one, taken);
      for (const [index, other] of others.entries()) {
        const both = one === undefined || other === undefined || seen[one * size + other] === 1 ? 0 : FRESH;
        const sum = score + both + (scores[index] ?? 0);
        if (sum > bestScore) [best, bestScore] = [[one, other], sum];
      }
    }
    return best;
  }

  function scoreOf(at: Option, taken: readonly number[]): number {
    if (at === undefined) return 0;
    let fresh = 0;
    for (const other of taken) if (seen[at * size + other] === 0) fresh += 1;
    const left = Math.max(0, (levels[at]?.size ?? 1) - (used[at] ?? 0));
    return fresh * FRESH + left * UNTRIED - (used[at] ?? 0);
  }

  function take(at: number, taken: number[]): void {
    for (const other of taken) {
      seen[at * size + other] = 1;
      seen[other * size + at] = 1;
    }
    used[at] = (used[at] ?? 0) + 1;
    taken.push(at);
  }
}

/** Weight of a new pair, compared to how often a level was used. */
const FRESH = 100;

/** Weight of an unused value; levels with many of them come first. */
const UNTRIED = 50;
