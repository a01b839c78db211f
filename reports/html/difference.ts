import { diffChars, diffWordsWithSpace } from 'diff';
import { type Content, html } from './html.ts';

/** Longer texts are not compared: it would take long, and the marks would be illegible. */
const LONGEST = 2_000;

/** The share of the texts that must be equal for marks to be useful. */
const LEAST_ALIKE = 0.5;

/** Two texts with their differences marked; without marks if they have too little in common. */
export function markDifference(expected: string, actual: string): { expected: Content; actual: Content } {
  const plain = { expected, actual };
  if (expected === actual || expected.length > LONGEST || actual.length > LONGEST) return plain;
  // JSON strings are compared by letters, phrases by words.
  const parts =
    expected.startsWith('"') && actual.startsWith('"')
      ? diffChars(expected, actual)
      : diffWordsWithSpace(expected, actual);
  const alike = parts.reduce((sum, { added, removed, value }) => sum + (added || removed ? 0 : value.trim().length), 0);
  if (alike < LEAST_ALIKE * Math.min(expected.length, actual.length)) return plain;
  const without = (left: 'added' | 'removed') =>
    parts
      .filter((part) => !part[left])
      .map(({ added, removed, value }) => (added || removed ? html`<mark>${value}</mark>` : value));
  return { expected: without('added'), actual: without('removed') };
}
