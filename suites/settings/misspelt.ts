import type { Environment } from './values.ts';
import { VARIABLES } from './variables.ts';

const NAMES = Object.keys(VARIABLES);
/** Largest edit distance at which a name counts as misspelt. */
const TYPING_ERRORS = 2;
/** Longer names than this allow one more difference. In names as short as JUSPAY_HOST it would match by chance. */
const SHORT_NAME = 12;

/**
 * Finds variables that look like settings but are not, because the run would not be the one intended.
 * Adds them to `problems`, with the name that was probably meant.
 */
export function findMisspelt(env: Environment, problems: string[]): void {
  for (const name of Object.keys(env)) {
    // On Windows names are case-insensitive, and listed as first set.
    if (NAMES.includes(process.platform === 'win32' ? name.toUpperCase() : name)) continue;
    const nearest = nearestName(name);
    if (/^DOTENV_(?:CONFIG_)?(?:FILE|PATH)$/.test(name) && name !== 'DOTENV_CONFIG_PATH') {
      problems.push(`${name} is not read by this suite: did you mean DOTENV_CONFIG_PATH?`);
    }
    if (!/^JUSPAY(?![a-z])/i.test(name) && nearest.distance > TYPING_ERRORS) continue;
    const meant =
      nearest.distance <= TYPING_ERRORS + (name.length > SHORT_NAME ? 2 : 1)
        ? `did you mean ${nearest.name}?`
        : 'README.md lists the settings; if it belongs to another program, unset it for this run (env -u)';
    problems.push(`${name} is not a setting of this suite: ${meant}`);
  }
}

function nearestName(name: string): { readonly name: string; readonly distance: number } {
  const capitals = name.toUpperCase();
  // By edit distance alone, JUSPAY_KEY would be closest to JUSPAY_ONLY.
  const part = capitals.replace(/^JUSPAY_?/, '_');
  const measured = NAMES.map((one) => ({
    name: one,
    distance: part.length > 3 && one.includes(part) ? TYPING_ERRORS + 1 : editDistance(capitals, one),
  }));
  return measured.reduce((best, one) => (one.distance < best.distance ? one : best));
}

/** The Levenshtein distance. */
function editDistance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > TYPING_ERRORS * 4) return Number.POSITIVE_INFINITY;
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of Array.from(one).entries()) {
    const line = [row + 1];
    for (let column = 1; column <= other.length; column++) {
      const changed = (above[column - 1] ?? 0) + (other[column - 1] === letter ? 0 : 1);
      line.push(Math.min(changed, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1));
    }
    above = line;
  }
  return above[other.length] ?? 0;
}
