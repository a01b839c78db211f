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
  const alike = parts
    .filter((part) => !part.added && !part.removed)
    .reduce((sum, part) => sum + part.value.trim().length, 0);
  if (alike < LEAST_ALIKE * Math.min(expected.length, actual.length)) return plain;
  return {
    expected: parts
      .filter((part) => !part.added)
      .map((part) => (part.removed ? html`<mark>${part.value}</mark>` : part.value)),
    actual: parts
      .filter((part) => !part.removed)
      .map((part) => (part.added ? html`<mark>${part.value}</mark>` : part.value)),
  };
}
