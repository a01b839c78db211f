import { describe, expect, test } from 'vitest';
import type { Claim } from '../spec/claims.ts';
import type { CaseResult, CaseVerdict } from '../suites/judge/result.ts';
import { buildReport, type RunRecord } from './build.ts';
import { joinReports } from './join.ts';
import { watchObservations } from './observation-changes.ts';
import type { Report } from './report.ts';

const IDS = ['RQ-1/a', 'RQ-1/b', 'RQ-2/a', 'EP-3/a', 'RQ-2/b'];
const CLAIMS = ['RQ-1', 'RQ-2', 'EP-3'].map(
  (id): Claim => ({ id, level: id === 'EP-3' ? 'open' : 'must', page: 'p', reading: 'r' }),
);

function result(id: string, verdict: CaseVerdict): CaseResult {
  const claim = id.slice(0, 4);
  return {
    id,
    claim,
    title: id,
    verdict,
    held: verdict === 'pass' || verdict === 'observed' ? true : verdict === 'fail' ? false : null,
    findings: verdict === 'fail' ? [{ claim, expected: 'a', actual: 'b', exchange: 0 }] : [],
    ...(verdict === 'observed' ? { observation: 'seen' } : {}),
    ...(verdict === 'error' ? { reason: 'no answer' } : {}),
    exchanges: [],
    customers: { kept: 1, new: 0 },
    ms: 1,
  };
}

/** The report of the cases that a part has, or of all of them. */
function reportOf(
  verdicts: Readonly<Record<string, CaseVerdict>>,
  shard: Report['run']['shard'],
  more: Partial<RunRecord> = {},
): Report {
  const selected = IDS.filter((_, index) => shard === null || index % shard.count === shard.index - 1);
  return buildReport({
    claims: CLAIMS,
    contract: { version: '1', sha256: 'abc' },
    run: { id: 'one', shard },
    cases: IDS.map((id) => ({ id, claim: id.slice(0, 4), title: id, customers: 'kept', steps: [] })),
    results: new Map(selected.map((id) => [id, result(id, verdicts[id] ?? 'pass')])),
    selected: new Set(selected),
    target: { kind: 'mock', host: 'built-in mock' },
    baseUrl: undefined,
    settings: { timeoutMs: 1, maxRps: 1, concurrency: 1 },
    started: new Date('2026-05-20T10:00:00Z'),
    ms: 10,
    finished: true,
    ...more,
  });
}

function parts(verdicts: Readonly<Record<string, CaseVerdict>>, count: number, more: Partial<RunRecord> = {}) {
  return Array.from({ length: count }, (_, index) => ({
    file: `part${index + 1}.json`,
    report: reportOf(verdicts, { index: index + 1, count }, more),
  }));
}

test.each([
  ['all pass', {}],
  ['one fails', { 'RQ-2/b': 'fail' }],
  ['one could not be judged', { 'RQ-1/b': 'error' }],
  ['an open claim was observed', { 'EP-3/a': 'observed' }],
] as [string, Record<string, CaseVerdict>][])('the parts of a run make the report of the whole: %s', (_, verdicts) => {
  const { cases, claims, counts, verdict, summary, complete, customers, run } = joinReports(
    parts(verdicts, 3).toReversed(),
  );
  const whole = reportOf(verdicts, null);
  expect({ cases, claims, counts, verdict, summary, complete, customers, run }).toEqual({
    cases: whole.cases,
    claims: whole.claims,
    counts: whole.counts,
    verdict: whole.verdict,
    summary: whole.summary,
    complete: whole.complete,
    customers: whole.customers,
    run: whole.run,
  });
});

describe('refused', () => {
  const [one, two] = parts({}, 2) as [{ file: string; report: Report }, { file: string; report: Report }];
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
      [one, { file: 'whole.json', report: reportOf({}, null) }],
      /whole.json is the report of a whole run/,
    ],
    [
      'another run',
      [one, changed({ run: { ...two.report.run, id: 'two' } })],
      /other.json is of another run than part1/,
    ],
    ['another contract', [one, changed({ contract: { version: '1', sha256: 'def' } })], /contract def, not abc/],
    ['another target', [one, changed({ target: { kind: 'live', host: 'a.test' } })], /target live a.test, not mock/],
  ])('%s', (_, reports, message) => {
    expect(() => joinReports(reports)).toThrow(message);
  });
});

test('a part that was interrupted leaves the whole incomplete', () => {
  const [one, two] = parts({}, 2);
  const [, broken] = parts({}, 2, { finished: false, interrupted: 'signal', results: new Map() });
  if (one === undefined || two === undefined || broken === undefined) throw new Error('no parts');
  expect(joinReports([one, broken])).toMatchObject({
    verdict: 'could-not-judge',
    complete: false,
    interrupted: 'signal',
  });
});

test('what was observed otherwise in one part fails the whole, where that is strict', () => {
  const [one, two] = parts({ 'EP-3/a': 'observed' }, 2) as [
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
