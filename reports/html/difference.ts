import { diffChars, diffWordsWithSpace } from 'diff';
import { type Content, html } from './html.ts';

/** Texts longer than this are not compared: it would take long, and nobody could read the marks. */
const LONGEST = 2_000;

/** How much of the texts has to be the same for marks to mean something. */
const LEAST_ALIKE = 0.5;

/** Two texts with the parts marked in which they differ; without marks where they have too little in common. */
export function markDifference(expected: string, actual: string): { expected: Content; actual: Content } {
  const plain = { expected, actual };
  if (expected === actual || expected.length > LONGEST || actual.length > LONGEST) return plain;
  // Two JSON strings differ in letters, two phrases in words.
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
