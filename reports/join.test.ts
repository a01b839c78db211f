import { describe, expect, test } from 'vitest';
import type { Claim } from '../spec/claims.ts';
import type { RunRecord } from './build.ts';
import { broken, type MadeCase, made, observed } from './fixtures/made-reports.ts';
import { joinReports, type Part } from './join.ts';
import { watchObservations } from './observation-changes.ts';
import type { Report } from './report.ts';

const IDS = ['RQ-1/a', 'RQ-1/b', 'RQ-2/a', 'EP-3/a', 'RQ-2/b'];
const CLAIMS = ['RQ-1', 'RQ-2', 'EP-3'].map(
  (id): Claim => ({ id, level: id === 'EP-3' ? 'open' : 'must', page: 'p', reading: 'r' }),
);

/** The report of a part, or of all cases. @param others the cases that do not pass */
function reportOf(others: readonly MadeCase[], shard: Report['run']['shard'], more: Partial<RunRecord> = {}): Report {
  const isOwn = (index: number) => shard === null || index % shard.count === shard.index - 1;
  const cases = IDS.map((id, index): MadeCase => {
    return isOwn(index) ? (others.find((one) => one.id === id) ?? { id }) : { id, verdict: 'not-run' };
  });
  const selected = new Set(IDS.filter((_, index) => isOwn(index)));
  return made(cases, { claims: CLAIMS, run: { id: 'one', shard }, selected, ...more });
}

function parts(others: readonly MadeCase[], count: number, more: Partial<RunRecord> = {}): Part[] {
  return Array.from({ length: count }, (_, index) => ({
    file: `part${index + 1}.json`,
    report: reportOf(others, { index: index + 1, count }, more),
  }));
}

test.each<[string, MadeCase[]]>([
  ['all pass', []],
  ['one fails', [broken('RQ-2/b', 500)]],
  ['one could not be judged', [{ id: 'RQ-1/b', reason: 'no answer' }]],
  ['an open claim was observed', [observed('EP-3/a', 'accepted')]],
])('the parts of a run make the report of the whole: %s', (_, others) => {
  expect(joinReports(parts(others, 3).toReversed())).toEqual(reportOf(others, null));
});

describe('refused', () => {
  const [one, two] = parts([], 2) as [{ file: string; report: Report }, { file: string; report: Report }];
  const changed = (report: Partial<Report>) => ({ file: 'other.json', report: { ...two.report, ...report } });

  test.each([
    ['a gap', [one], /part 2 of 2 is missing/],
    [
      'a part twice',
      [one, two, { ...two, file: 'again.json' }],
      /part 2 of 2 is given more than once: part2.json, again/,
    ],
    [
      'a whole run',
      [one, { file: 'whole.json', report: reportOf([], null) }],
      /whole.json is the report of a whole run/,
    ],
    [
      'another run',
      [one, changed({ run: { ...two.report.run, id: 'two' } })],
      /other.json is of another run than part1/,
    ],
    ['another contract', [one, changed({ contract: { version: '1', sha256: 'def' } })], /contract def, not c0ffee/],
    ['another target', [one, changed({ target: { kind: 'live', host: 'a.test' } })], /target live a.test, not mock/],
  ])('%s', (_, reports, message) => {
    expect(() => joinReports(reports)).toThrow(message);
  });
});

test('a part that was interrupted leaves the whole incomplete', () => {
  const [one, two] = parts([], 2);
  const [, broken] = parts([], 2, { finished: false, interrupted: 'signal', results: new Map() });
  if (one === undefined || two === undefined || broken === undefined) throw new Error('no parts');
  expect(joinReports([one, broken])).toMatchObject({
    verdict: 'could-not-judge',
    complete: false,
    interrupted: 'signal',
  });
});

test('what was observed otherwise in one part fails the whole, where that is strict', () => {
  const [one, two] = parts([observed('EP-3/a', 'seen')], 2) as [
    { file: string; report: Report },
    { file: string; report: Report },
  ];
  const pins = { 'built-in mock': { 'EP-3/a': { observation: 'another', since: '2026-01-01' } } };
  const watched = [one, two].map(({ file, report }) => ({ file, report: watchObservations(report, pins, true) }));
  expect(joinReports(watched)).toMatchObject({
    verdict: 'does-not-conform',
    summary: 'fails: 1 of 1 pinned observations changed; apart from that: conforms: all 2 claims pass',
    watch: { changes: [{ id: 'EP-3/a' }] },
  });
});
