import type { CaseOptions } from './case.ts';

/** Every printable ASCII character, including the space. */
export const PRINTABLE_ASCII: readonly string[] = Array.from({ length: 95 }, (_, index) =>
  String.fromCharCode(32 + index),
);

export const CAPITAL_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const SMALL_LETTERS = 'abcdefghijklmnopqrstuvwxyz';
export const DIGITS = '0123456789';
export const LETTERS_AND_DIGITS = `${CAPITAL_LETTERS}${SMALL_LETTERS}${DIGITS}`;

/** Heading "email_address": the listed special characters, without the @ between the two parts. */
export const EMAIL_SPECIALS: readonly string[] = [..."!#$%&'*+-/=?^_.{|}~`"];

/** Headings "first_name" and "last_name". */
export const NAME_SPECIALS: readonly string[] = [...'().-_'];

/** Printable characters that are not allowed in an email address. */
export const EMAIL_EXCLUDED = excluded([...LETTERS_AND_DIGITS, ...EMAIL_SPECIALS, '@']);

/** Printable characters that are not allowed in a name; the page leaves the space open (RQ-13). */
export const NAME_EXCLUDED = excluded([...LETTERS_AND_DIGITS, ...NAME_SPECIALS, ' ']);

function excluded(allowed: readonly string[]): readonly string[] {
  return PRINTABLE_ASCII.filter((character) => !allowed.includes(character));
}

/** The names of the printable characters that are no letters or digits, in ASCII order. */
const NAMES =
  'space exclamation-mark quotation-mark number-sign dollar-sign percent-sign ampersand apostrophe ' +
  'left-parenthesis right-parenthesis asterisk plus-sign comma hyphen full-stop slash colon semicolon ' +
  'less-than-sign equals-sign greater-than-sign question-mark at-sign left-square-bracket backslash ' +
  'right-square-bracket circumflex low-line backtick left-curly-bracket vertical-line right-curly-bracket tilde';

const NAME_OF = new Map(
  excluded([...LETTERS_AND_DIGITS]).map((character, index) => [character, NAMES.split(' ')[index]]),
);

/** What a case tests: characters in the first changed field; nothing without characters. */
export function triesIn(changes: Readonly<Record<string, unknown>>, characters = ''): Pick<CaseOptions, 'tries'> {
  const [field] = Object.keys(changes);
  return field === undefined || characters === '' ? {} : { tries: { field, characters } };
}

/** A character's Unicode name for case ids. @throws Error for a letter, a digit or a non-ASCII character */
export function nameOf(character: string): string {
  const name = NAME_OF.get(character);
  if (name === undefined) throw new Error(`no name for the character ${JSON.stringify(character)}`);
  return name;
}
