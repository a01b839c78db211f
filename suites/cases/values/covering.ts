/** One choice that has to be made for a row, among levels by name. */
export interface Factor {
  readonly name: string;
  readonly levels: readonly string[];
  /** How many values a level stands for: it is chosen that often before pairs alone decide; default 1. */
  readonly sizes?: Readonly<Record<string, number>>;
}

/** A choice for each factor that was the row's to make. */
export type Chosen = Readonly<Record<string, string>>;

/** Whether a row may have a level; a row that may have none of a factor's does without that factor. */
export type Allows = (factor: string, level: string) => boolean;

/** A level by its number among all levels of all factors; none where a row does without the factor. */
type Option = number | undefined;

function orNothing(options: readonly Option[] = []): readonly Option[] {
  return options.length === 0 ? [undefined] : options;
}

/**
 * Chooses levels for rows one after the other, each time those that make the most pairs of levels which no row had before:
 * a covering array of strength two, as far as the rows allow it. The same rows always get the same levels.
 * @param factors those with the most levels first: they are chosen two at a time
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

/** What a pair that no row had is worth, against how often a level was used before. */
const FRESH = 100;

/** What a value that no row had is worth; a level of which many are left goes before others. */
const UNTRIED = 50;
