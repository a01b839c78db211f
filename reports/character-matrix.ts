import { groupBy } from '../spec/group-by.ts';
import type { Report } from './report.ts';
import type { ReportedCase, TriedCharacters } from './reported-case.ts';

/** How the server treated a character, or a group of them, in one field; `mixed`: it accepted some of the group. */
export type CellState = 'accepted' | 'refused' | 'changed' | 'mixed' | 'undecided';

/** One cell of the matrix. */
export interface Cell {
  readonly state: CellState;
  /** If the contract says otherwise: the claim, and the case that shows it. */
  readonly wrong?: Pick<ReportedCase, 'claim' | 'id'>;
}

/** One field of the form. */
export interface Row {
  readonly field: string;
  /** By column name. */
  readonly cells: ReadonlyMap<string, Cell>;
  /** What is wrong in this field, one sentence for each claim and kind. */
  readonly sentences: readonly string[];
}

/** Which values (characters or lengths) a server accepts in which field. */
export interface Matrix {
  /** What the columns are. */
  readonly head: 'Field' | 'Length';
  readonly about: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

const LETTERS_AND_DIGITS = ['A–Z', 'a–z', '0–9'];
const CONTROLS = 'control';
const BEYOND = 'beyond ASCII';

interface Try extends TriedCharacters {
  readonly character: string;
  readonly claim: string;
  readonly id: string;
}

/**
 * The matrix of a run; undefined if it tried no characters. Letters, and digits, share a column unless some field treats
 * them differently; then each has its own.
 */
export function characterMatrix({ cases }: Pick<Report, 'cases'>): Matrix | undefined {
  const tries = cases.flatMap(({ id, claim: own, findings, tries: tried }) => {
    // A case of another claim can show that this one is broken: by the changed field, or by the whole answer.
    const place = tried?.seen === 'changed' ? `/${tried.field}` : undefined;
    const claim = findings.find(({ pointer }) => pointer === place)?.claim ?? findings[0]?.claim ?? own;
    return Array.from(tried?.characters ?? [], (character) => ({
      ...(tried as TriedCharacters),
      character,
      claim,
      id,
    }));
  });
  if (tries.every(({ seen }) => seen === undefined)) return undefined;
  const fields = [...new Set(tries.map(({ field }) => field))];
  const uneven = new Set(
    LETTERS_AND_DIGITS.filter((group) =>
      fields.some((field) => {
        const own = tries.filter((one) => one.field === field && groupOf(one.character) === group);
        return new Set(own.map(({ seen }) => seen)).size > 1;
      }),
    ),
  );
  const columnOf = (character: string) => {
    const group = groupOf(character);
    return group === undefined || uneven.has(group) ? character : group;
  };
  const printable = Array.from({ length: 95 }, (_, index) => columnOf(String.fromCharCode(32 + index)));
  const columns = [...new Set([...LETTERS_AND_DIGITS.filter((group) => !uneven.has(group)), ...printable])];
  return {
    head: 'Field',
    about: 'Which characters are accepted',
    columns: [...columns, CONTROLS, BEYOND],
    rows: fields.map((field) => rowOf(field, tries, columnOf)),
  };
}

function groupOf(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code < 32 || code === 127) return CONTROLS;
  if (code > 127) return BEYOND;
  return LETTERS_AND_DIGITS.find((group) => character >= group.charAt(0) && character <= group.charAt(2));
}

function rowOf(field: string, all: readonly Try[], columnOf: (character: string) => string): Row {
  const own = all.filter((one) => one.field === field);
  const columns = groupBy(own, ({ character }) => columnOf(character));
  return {
    field,
    cells: new Map([...columns].map(([column, tries]) => [column, cellOf(tries)])),
    sentences: sentencesOf(own.filter(isWrong), (wrong, claim) => {
      const [characters, tried] = [wrong, own.filter((one) => one.claim === claim)].map(
        (tries) => new Set(tries.map(({ character }) => character)),
      ) as [Set<string>, Set<string>];
      const isAll = characters.size === tried.size && characters.size > 1;
      return isAll ? `all ${tried.size}` : namesOf(characters).join(' ');
    }),
  };
}

function cellOf(tries: readonly Try[]): Cell {
  const wrong = tries.find(isWrong);
  const states = new Set((wrong === undefined ? tries : [wrong]).flatMap(({ seen }) => seen ?? []));
  const [state] = states;
  const { claim, id } = wrong ?? {};
  return {
    state: state === undefined ? 'undecided' : states.size > 1 ? 'mixed' : state,
    ...(claim === undefined || id === undefined ? {} : { wrong: { claim, id } }),
  };
}

function isWrong({ expect, seen }: TriedCharacters): boolean {
  return expect !== 'open' && seen !== undefined && seen !== expect;
}

/** `CLAIM accepted although excluded: @ < >`, a line for each claim and each kind of it. @param list names the values */
export function sentencesOf<T extends Pick<TriedCharacters, 'expect' | 'seen'> & { readonly claim: string }>(
  wrong: readonly T[],
  list: (own: readonly T[], claim: string | undefined) => string,
): string[] {
  const kinds = groupBy(
    wrong,
    ({ claim, seen, expect }) => `${claim} ${seen} although ${expect === 'accepted' ? 'allowed' : 'excluded'}`,
  );
  return [...kinds].map(([kind, own]) => `${kind}: ${list(own, own[0]?.claim)}`);
}

/** The characters of a set; complete groups of letters and digits by their name. */
function namesOf(characters: ReadonlySet<string>): string[] {
  const all = [...characters];
  const whole = LETTERS_AND_DIGITS.filter(
    (group) => all.filter((one) => groupOf(one) === group).length === (group === '0–9' ? 10 : 26),
  );
  return [...whole, ...all.filter((one) => !whole.includes(groupOf(one) ?? '')).map(characterName)];
}

/** A column's legible name: the character, `space`, the code point of an invisible one, or the group's name. */
export function characterName(character: string): string {
  if (character === ' ') return 'space';
  if (Array.from(character).length > 1) return character;
  return /^[^\p{C}\p{Z}]+$/u.test(character)
    ? character
    : `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
