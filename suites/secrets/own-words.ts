import { readFileSync } from 'node:fs';
import { CONTRACT_FILES } from '../../spec/contract.ts';
import { ACCOUNT } from '../judge/customer/request.ts';
import { VARIABLES } from '../settings/variables.ts';

/** Words of HTTP, JSON and sentences that are neither in the contract nor in the report's schema. */
const PLAIN =
  'accept charset content-encoding utc mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep oct nov dec html ' +
  'example localhost errors invalid internal unauthorized forbidden failed judged unreached vitest undefined nan than ' +
  'their when who answered bytes nobody somebody property proxy api_key field_name www com test built all so';

let words: ReadonlySet<string> | undefined;

/**
 * Words in lowercase that the suite, the page and every server use. A merchant id, token or name equal to one is not masked,
 * because masking would reveal it. Loaded on first use.
 */
function ownWords(): ReadonlySet<string> {
  const files = [new URL('../../reports/report.schema.json', import.meta.url), CONTRACT_FILES.claims];
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  const all = [...texts, PLAIN, ...Object.keys(VARIABLES), ACCOUNT.header, ACCOUNT.name.replaceAll(' ', '_')]
    .join(' ')
    .toLowerCase();
  return new Set(all.match(/[a-z\d_]+/g));
}

/** Numbers of up to three digits are statuses or counts. */
const SMALL_NUMBER = /^\d{1,3}$/;
const LONGEST = 64;

/** Whether a match is such a word or part of one. @param folded the text in lowercase */
export function isOwnWord(folded: string, from: number, to: number): boolean {
  let [start, end] = [from, to];
  while (start > 0 && end - start <= LONGEST && isPartOfWord(folded.charCodeAt(start - 1))) start--;
  while (end < folded.length && end - start <= LONGEST && isPartOfWord(folded.charCodeAt(end))) end++;
  if (end - start > LONGEST) return false;
  // Hyphenated words count if each part does, for example does-not-conform.
  const word = folded.slice(start, end).replace(/^-+|-+$/g, '');
  words ??= ownWords();
  return word.split('-').every((part) => words?.has(part) === true || SMALL_NUMBER.test(part));
}

/** ASCII letters and digits, hyphen and underscore. */
function isPartOfWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 45 || code === 95;
}
