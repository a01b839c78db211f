import { expect, test } from 'vitest';
import { acceptedValues, wronglyTreated } from './accepted-values.ts';
import { characterMatrix, characterName } from './character-matrix.ts';
import { cleanReport } from './fixtures/kinds-of-reports.ts';
import { broken, made } from './fixtures/made-reports.ts';
import type { ReportedCase, TriedCharacters } from './reported-case.ts';

const [ANY] = cleanReport().cases as [ReportedCase];

function tried(claim: string, characters: string, tries: Omit<TriedCharacters, 'field' | 'characters'>): ReportedCase {
  return { ...ANY, id: `${claim}/${characters}`, claim, tries: { field: 'first_name', characters, ...tries } };
}

const CASES = [
  tried('RQ-9', 'ABC', { expect: 'accepted', seen: 'accepted' }),
  tried('RQ-9', '(', { expect: 'accepted', seen: 'refused' }),
  tried('RQ-10', '@', { expect: 'refused', seen: 'accepted' }),
  tried('RQ-10', '<', { expect: 'refused', seen: 'changed' }),
  tried('RQ-10', '\u0001', { expect: 'refused', seen: 'accepted' }),
  tried('RQ-10', '#', { expect: 'refused' }),
  tried('RQ-13', 'é', { expect: 'open', seen: 'refused' }),
];

test('a cell says what became of its characters, and is wrong where the claim says otherwise', () => {
  const matrix = characterMatrix({ cases: CASES });
  const cell = (column: string) => matrix?.rows[0]?.cells.get(column);
  expect(cell('A–Z')).toEqual({ state: 'accepted' });
  expect(cell('(')).toEqual({ state: 'refused', wrong: { claim: 'RQ-9', id: 'RQ-9/(' } });
  expect(cell('@')).toEqual({ state: 'accepted', wrong: { claim: 'RQ-10', id: 'RQ-10/@' } });
  expect(cell('#')).toEqual({ state: 'undecided' });
  expect(cell('beyond ASCII')).toEqual({ state: 'refused' });
  expect(wronglyTreated({ claims: [], cases: CASES })).toEqual([
    ['first_name', 'RQ-9 refused although allowed: ('],
    ['first_name', 'RQ-10 accepted although excluded: @ U+0001'],
    ['first_name', 'RQ-10 changed although excluded: <'],
  ]);
});

test('letters that are not treated alike have a column each', () => {
  const odd = tried('RQ-9', 'Q', { expect: 'accepted', seen: 'refused' });
  expect(characterMatrix({ cases: CASES })?.columns.slice(0, 4)).toEqual(['A–Z', 'a–z', '0–9', ' ']);
  expect(characterMatrix({ cases: [...CASES, odd] })?.columns).toEqual(expect.arrayContaining(['Q', 'Z', '0–9']));
});

test('where every character is wrong they are counted, and what cannot be seen is named', () => {
  const all = ['@', '<'].map((one) => tried('RQ-10', one, { expect: 'refused', seen: 'accepted' }));
  expect(wronglyTreated({ claims: [], cases: all })).toEqual([
    ['first_name', 'RQ-10 accepted although excluded: all 2'],
  ]);
  expect([' ', 'é', '\u00a0', '\n'].map(characterName)).toEqual(['space', 'é', 'U+00A0', 'U+000A']);
  expect(characterMatrix(cleanReport())).toBeUndefined();
});

test('lengths that are not treated as documented are shown among those that are', () => {
  const [short, long] = [broken('RQ-2/short', 200), { ...broken('RQ-2/long', 400), findings: [] }];
  const sent = (one: typeof short, value: string) => ({
    ...one,
    exchanges: (one.exchanges ?? []).map((exchange) => ({
      ...exchange,
      request: { ...exchange.request, body: `object_reference_id=${value}` },
    })),
  });
  const page = 'Body Parameters › object_reference_id';
  const report = made([sent(short, 'abc'), sent(long, 'abcdefgh')], {
    claims: [{ id: 'RQ-2', level: 'must', page, reading: 'r' }],
  });
  expect(acceptedValues(report).flatMap(({ rows }) => [...(rows[0]?.cells ?? [])])).toEqual([
    ['3', { state: 'accepted', wrong: { claim: 'RQ-2', id: 'RQ-2/short' } }],
    ['8', { state: 'refused' }],
  ]);
  expect(wronglyTreated(report)).toEqual([
    ['object_reference_id', 'RQ-2 accepted although excluded: 3 characters long'],
  ]);
  expect(acceptedValues({ ...report, cases: report.cases.slice(1) })).toEqual([]);
});
