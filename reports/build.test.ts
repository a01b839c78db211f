import { describe, expect, test } from 'vitest';
import type { Claim } from '../spec/claims.ts';
import type { RunRecord } from './build.ts';
import { exchange, type MadeCase, made, observed } from './fixtures/made-reports.ts';

const CLAIMS: readonly Claim[] = [
  { id: 'EP-1', level: 'must', page: 'Endpoints', reading: 'It is there.' },
  { id: 'RS-1', level: 'must', page: 'API Responses › 200', reading: 'It is 200.' },
  { id: 'EP-3', level: 'open', page: 'Content-Type', reading: 'JSON.', observes: 'whether', readings: ['yes', 'no'] },
];
const IDS = ['EP-1/a', 'RS-1/a', 'EP-3/a'];

/** The report of a run that has a result for these cases, and none for the others. */
function build(results: readonly MadeCase[], part: Partial<RunRecord> = {}, ids: readonly string[] = IDS) {
  const cases = ids.map((id) => results.find((one) => one.id === id) ?? { id, verdict: 'not-run' as const });
  return made(cases, { claims: CLAIMS, ...part });
}

const ALL_GOOD = [{ id: 'EP-1/a' }, { id: 'RS-1/a' }, observed('EP-3/a', 'accepted')] as const;
const [first, second, third] = ALL_GOOD;
const BROKEN = { findings: [{ claim: 'RS-1', expected: 'status 200', actual: 'status 201', exchange: 0 }] };

describe('the verdict and its sentence', () => {
  const error = { id: 'RS-1/a', reason: 'no answer' };
  test.each<[string, string, readonly MadeCase[], Partial<RunRecord>]>([
    ['conforms', 'conforms: all 2 claims pass', ALL_GOOD, {}],
    ['conforms', 'conforms: the one judged claim passes (2 in all)', [first], {}],
    ['does-not-conform', 'does not conform: 1 of 2 claims fails', [first, { id: 'RS-1/a', ...BROKEN }, third], {}],
    [
      'does-not-conform',
      'does not conform: 1 waiver is stale, and no claim fails',
      ALL_GOOD,
      { waivers: [{ id: 'EP-1', reason: 'why', owner: 'who', expires: '2999-12-31', daysLeft: 9 }] },
    ],
    [
      'does-not-conform',
      'does not conform: 1 of 1 judged claim fails (2 in all)',
      [{ id: 'EP-1/a', ...BROKEN }],
      { finished: false },
    ],
    ['could-not-judge', 'could not judge: 1 of 3 cases could not be judged', [first, error, third], {}],
    ['could-not-judge', 'could not judge: the run ended early, with 2 cases not run', [first], { finished: false }],
    ['could-not-judge', 'could not judge: no case passed', [], {}],
    ['could-not-judge', 'could not judge: no case passed', [third], {}],
  ])('%s: %s', (verdict, summary, results, part) => {
    const report = build(results, part);
    expect([report.verdict, report.summary]).toEqual([verdict, summary]);
    const { total, ...counts } = report.counts;
    expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(total);
  });
});

test('a claim is broken by whichever case shows it', () => {
  const report = build([{ id: 'EP-1/a', ...BROKEN }, second, third]);
  const claims = report.claims.map(({ id, verdict, brokenBy, reason }) => ({ id, verdict, brokenBy, reason }));
  expect(claims).toEqual([
    { id: 'EP-1', verdict: 'not-run', brokenBy: [], reason: 'every case of it was stopped by RS-1' },
    { id: 'RS-1', verdict: 'fail', brokenBy: ['EP-1/a'], reason: undefined },
    { id: 'EP-3', verdict: 'observed', brokenBy: [], reason: undefined },
  ]);
});

test('what was kept back, or is not in the recording, is no request', () => {
  const { response: _, ...unanswered } = exchange('a call');
  const exchanges = (['timeout', 'stopped', 'not-recorded'] as const).map((reason) => ({
    ...unanswered,
    failure: { reason, message: reason },
  }));
  const tried = { seed: 1, runs: 2, requests: 3, retries: 0 };
  expect(build([{ id: 'EP-1/a', reason: 'no answer', exchanges, tried }]).requests).toBe(4);
});

test('a case that was not run says why', () => {
  const reasons = (finished: boolean) => build([first], { finished }).cases.map((one) => one.reason);
  expect(reasons(true)).toEqual([undefined, 'not selected for this run', 'not selected for this run']);
  expect(reasons(false)).toEqual([undefined, 'the run ended before it', 'the run ended before it']);
});

test('an open claim has its readings and what was seen', () => {
  const [, , open] = build(ALL_GOOD).claims;
  expect(open).toMatchObject({ readings: ['yes', 'no'], observes: 'whether', observations: { 'EP-3/a': 'accepted' } });
});

test('a claim is undecided by what was run of it, whatever was not', () => {
  const claimOf = (one: MadeCase) => build([one], {}, [...IDS, 'EP-1/b']).claims[0];
  const stopped = claimOf({ id: 'EP-1/b', ...BROKEN });
  expect([stopped?.verdict, stopped?.reason]).toEqual(['not-run', 'what was run of it was stopped by RS-1']);
  expect(claimOf({ id: 'EP-1/b', step: 'a call', reason: 'no answer' })?.reason).toBe('a call: no answer');
});

test('a case that made new customers says so', () => {
  const report = build([{ ...first, customers: { kept: 0, new: 2 } }, second]);
  expect(report.cases.map((one) => one.newCustomer)).toEqual([true, false, false]);
  expect(report.customers).toEqual({ kept: 1, new: 2 });
});
