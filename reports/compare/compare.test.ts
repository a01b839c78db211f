import { expect, test } from 'vitest';
import type { CaseVerdict } from '../../suites/judge/result.ts';
import { cleanReport } from '../fixtures/kinds-of-reports.ts';
import type { Report } from '../report.ts';
import { type Change, compareReports } from './compare.ts';

/** A report of one case with its claim; undefined for none. */
function reportOf(verdict: CaseVerdict | undefined, observation = 'accepted'): Report {
  const report = cleanReport();
  const [claim] = report.claims;
  const [one] = report.cases;
  if (verdict === undefined || claim === undefined || one === undefined) return { ...report, claims: [], cases: [] };
  const seen = verdict === 'observed' ? { observation } : {};
  const observations = verdict === 'observed' ? { observations: { [one.id]: observation } } : {};
  return { ...report, claims: [{ ...claim, verdict, ...observations }], cases: [{ ...one, verdict, ...seen }] };
}

test.each<[CaseVerdict | undefined, CaseVerdict | undefined, Change, boolean]>([
  ['pass', 'pass', 'same', false],
  ['fail', 'fail', 'same', false],
  ['waived', 'fail', 'same', false],
  ['observed', 'observed', 'same', false],
  ['pass', 'fail', 'newly-broken', true],
  ['pass', 'waived', 'newly-broken', true],
  ['error', 'fail', 'newly-broken', true],
  ['not-run', 'fail', 'newly-broken', true],
  [undefined, 'fail', 'newly-broken', true],
  [undefined, 'pass', 'new', false],
  ['fail', 'pass', 'repaired', false],
  ['waived', 'pass', 'repaired', false],
  ['pass', 'error', 'no-longer-judged', false],
  ['fail', 'not-run', 'no-longer-judged', false],
  ['error', 'pass', 'judged-again', false],
  ['pass', undefined, 'gone', false],
  ['fail', undefined, 'gone', false],
])('from %s to %s is %s', (before, after, change, broke) => {
  const comparison = compareReports(reportOf(before), reportOf(after));
  expect(comparison.claims.map((one) => one.change)).toEqual([change]);
  expect(comparison.cases.map((one) => one.change)).toEqual([change]);
  expect(comparison.broke).toBe(broke);
});

test('another observation of an open claim is told, with both', () => {
  const { claims, cases, broke } = compareReports(reportOf('observed'), reportOf('observed', 'refused'));
  expect(cases).toMatchObject([{ change: 'other-observation', before: 'accepted', after: 'refused' }]);
  expect(claims).toMatchObject([{ change: 'other-observation', before: 'observed', after: 'observed' }]);
  expect(broke).toBe(false);
});

test('says why two runs cannot simply be compared', () => {
  const other: Report = {
    ...reportOf('pass'),
    complete: false,
    contract: { version: '2.0.0', sha256: 'f'.repeat(64) },
    target: { kind: 'live', host: 'api.test' },
  };
  const partial = { ...reportOf('pass'), counts: { ...other.counts, 'not-run': 3, total: 9 } };
  expect(compareReports(partial, other).cautions).toEqual([
    'The two runs were judged by different contracts: a change can be one of the suite, not of the server.',
    'The two runs judged different targets: built-in mock and api.test.',
    'The earlier run: 3 of 9 cases not run.',
    'The later run: it ended early.',
  ]);
  expect(compareReports(other, other).cautions).toEqual(['Both runs: it ended early.']);
});
