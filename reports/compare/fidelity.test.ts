import { expect, test } from 'vitest';
import { broken, type MadeCase, observed, smallReport } from '../fixtures/made-reports.ts';
import { compareFidelity } from './fidelity.ts';
import { fidelityText } from './fidelity-text.ts';

function compare(mock: readonly MadeCase[], live: readonly MadeCase[]) {
  return compareFidelity(smallReport('mock', mock), smallReport('live', live));
}

const PAIRS: readonly (readonly [string, MadeCase, MadeCase])[] = [
  ['both-conform', { id: 'RQ-1/a' }, { id: 'RQ-1/a' }],
  ['mock-kinder', { id: 'RQ-1/a' }, broken('RQ-1/a', 400)],
  ['mock-kinder', { id: 'RQ-1/a' }, { ...broken('RQ-1/a', 400), verdict: 'waived' }],
  ['mock-kinder', observed('GC-5/a', 'kept'), broken('GC-5/a', 200, 'RS-2')],
  ['mock-stricter', broken('RQ-1/a', 400), { id: 'RQ-1/a' }],
  ['both-deviate-alike', broken('RQ-1/a', 400), broken('RQ-1/a', 400)],
  ['both-deviate-differently', broken('RQ-1/a', 400), broken('RQ-1/a', 500)],
  ['both-deviate-differently', broken('RQ-1/a', 400), broken('RQ-1/a', 400, 'RS-1')],
  ['observed-alike', observed('GC-5/a', 'kept'), observed('GC-5/a', 'kept')],
  ['observed-differently', observed('GC-5/a', 'kept'), observed('GC-5/a', 'updated')],
  ['not-comparable', { id: 'RQ-1/a' }, { id: 'RQ-1/a', verdict: 'error', reason: 'no answer' }],
  ['not-comparable', { id: 'RQ-1/a', verdict: 'not-run' }, { id: 'RQ-1/a' }],
];

test.each(PAIRS)('%s', (kind, mock, live) => {
  const { cases, alike, comparable } = compare([mock], [live]);
  expect(cases.map((one) => one.kind)).toEqual([kind]);
  expect(comparable).toBe(kind === 'not-comparable' ? 0 : 1);
  expect(alike).toBe(['both-conform', 'both-deviate-alike', 'observed-alike'].includes(kind) ? 1 : 0);
});

test('cases of one run alone are not comparable, and are counted', () => {
  const { cases, comparable } = compare([{ id: 'RQ-1/a' }, { id: 'RQ-1/b' }], [{ id: 'RQ-1/a' }, { id: 'RQ-1/c' }]);
  expect(cases.flatMap(({ id, reason }) => (reason === undefined ? [] : [[id, reason]]))).toEqual([
    ['RQ-1/b', 'not in the run of the service'],
    ['RQ-1/c', 'not in the run of the mock'],
  ]);
  expect(comparable).toBe(1);
});

test('the text tells what differs, every class and one figure with its denominator', () => {
  const fidelity = compare(
    [{ id: 'RQ-1/a' }, { id: 'RQ-1/b' }, observed('GC-5/a', 'kept\u001b[31m')],
    [{ id: 'RQ-1/a' }, { id: 'RQ-1/b', verdict: 'not-run', reason: 'not recorded' }, observed('GC-5/a', 'updated')],
  );
  expect(fidelityText(fidelity)).toBe(`open claims, the two differ
  GC-5/a  title of GC-5/a
    mock     kept\\u001b[31m
    service  updated

    1 both conform
    0 only the service fails
    0 only the mock fails
    0 both fail in the same way
    0 both fail, differently
    0 open claims, both do the same
    1 open claims, the two differ
    1 not comparable
      1 not run against the service: not recorded
fidelity 50.0 %: the mock did as the service did in 1 of 2 cases
`);
});

test('nearly all is not shown as all', () => {
  const cases = Array.from({ length: 3000 }, (_, index) => ({ id: `RQ-1/${index}` }));
  const text = fidelityText(compare(cases, [broken('RQ-1/0', 400), ...cases.slice(1)]));
  expect(text).toContain('fidelity 99.9 %: the mock did as the service did in 2999 of 3000 cases');
});

test('two runs of the wrong kind are refused', () => {
  const [mock, live] = [smallReport('mock', []), smallReport('live', [])];
  expect(() => compareFidelity(live, mock)).toThrow('the first report is not of a run against the mock');
  expect(() => compareFidelity(mock, mock)).toThrow('the second report is of a run against the mock, not the service');
});

test('runs of different contracts are told apart', () => {
  const live = { ...smallReport('live', []), contract: { version: '2', sha256: 'def' }, complete: false };
  expect(compareFidelity(smallReport('mock', []), live).notes).toEqual([
    'the two runs were judged by different contracts',
    'the run of the service is incomplete',
  ]);
});
