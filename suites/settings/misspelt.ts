import type { Environment } from './values.ts';
import { VARIABLES } from './variables.ts';

const NAMES = Object.keys(VARIABLES);
/** Letters that may differ in a name that was meant to be another one. */
const TYPING_ERRORS = 2;
/** Of a name as long as JUSPAY_HOST more letters differ from another one by chance. */
const SHORT_NAME = 12;

/**
 * Variables that look like settings and are none: with one of them the run would not be the one that was wished for.
 * @param problems what is wrong is added here, with the name that was likely meant
 */
export function findMisspelt(env: Environment, problems: string[]): void {
  for (const name of Object.keys(env)) {
    // Windows has no letter case in names, and shows them as they were first set.
    if (NAMES.includes(process.platform === 'win32' ? name.toUpperCase() : name)) continue;
    const nearest = nearestName(name);
    if (/^DOTENV_(?:CONFIG_)?(?:FILE|PATH)$/.test(name) && name !== 'DOTENV_CONFIG_PATH') {
      problems.push(`${name} names no file for this suite: did you mean DOTENV_CONFIG_PATH?`);
    }
    if (!/^JUSPAY(?![a-z])/i.test(name) && nearest.distance > TYPING_ERRORS) continue;
    const meant =
      nearest.distance <= TYPING_ERRORS + (name.length > SHORT_NAME ? 2 : 1)
        ? `did you mean ${nearest.name}?`
        : 'README.md lists them all; where it belongs to something else, run without it (env -u)';
    problems.push(`${name} is not a setting of this suite: ${meant}`);
  }
}

function nearestName(name: string): { readonly name: string; readonly distance: number } {
  const capitals = name.toUpperCase();
  // JUSPAY_KEY has more in common with JUSPAY_ONLY by its letters alone.
  const part = capitals.replace(/^JUSPAY_?/, '_');
  const measured = NAMES.map((one) => ({
    name: one,
    distance: part.length > 3 && one.includes(part) ? TYPING_ERRORS + 1 : editDistance(capitals, one),
  }));
  return measured.reduce((best, one) => (one.distance < best.distance ? one : best));
}

/** How many letters have to be put in, taken out or changed (Levenshtein). */
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
