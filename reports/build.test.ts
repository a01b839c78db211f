import { describe, expect, test } from 'vitest';
import type { Claim } from '../spec/claims.ts';
import { makeCase } from '../suites/cases/case.ts';
import type { CaseResult, CaseVerdict } from '../suites/judge/result.ts';
import { buildReport, type RunRecord } from './build.ts';

const CLAIMS: readonly Claim[] = [
  { id: 'EP-1', level: 'must', page: 'Endpoints', reading: 'It is there.' },
  { id: 'RS-1', level: 'must', page: 'API Responses › 200', reading: 'It is 200.' },
  { id: 'EP-3', level: 'open', page: 'Content-Type', reading: 'JSON.', observes: 'whether', readings: ['yes', 'no'] },
];
const CASES = ['EP-1/a', 'RS-1/a', 'EP-3/a'].map((id) => makeCase(id, `title of ${id}`, []));

function result(id: string, verdict: CaseVerdict, part: Partial<CaseResult> = {}): CaseResult {
  const { claim, title } = CASES.find((one) => one.id === id) ?? { claim: '', title: '' };
  const held = verdict === 'pass' || verdict === 'observed';
  const seen = verdict === 'observed' ? { observation: 'accepted' } : {};
  return {
    id,
    claim,
    title,
    verdict,
    held,
    findings: [],
    exchanges: [],
    customers: { kept: 1, new: 0 },
    ms: 1.234,
    ...seen,
    ...part,
  };
}

function build(results: readonly CaseResult[], part: Partial<RunRecord> = {}) {
  return buildReport({
    claims: CLAIMS,
    contract: { version: '1.0.0', sha256: '0'.repeat(64) },
    cases: CASES,
    results: new Map(results.map((one) => [one.id, one])),
    target: { kind: 'mock', host: 'built-in mock' },
    baseUrl: undefined,
    settings: { timeoutMs: 1, maxRps: 0, concurrency: 1 },
    started: new Date(0),
    ms: 10.4,
    finished: true,
    ...part,
  });
}

const ALL_GOOD = [result('EP-1/a', 'pass'), result('RS-1/a', 'pass'), result('EP-3/a', 'observed')];
const [first, second, third] = ALL_GOOD as [CaseResult, CaseResult, CaseResult];
const BROKEN = { findings: [{ claim: 'RS-1', expected: 'status 200', actual: 'status 201', exchange: 0 }] };

const UNANSWERED = {
  step: 'a call',
  request: { method: 'POST', path: '/v2/customers', headers: {}, body: '' },
  credentials: 'right' as const,
  credentialsInWords: 'the API key',
  retried: [],
  ms: 1,
};

describe('the verdict and its sentence', () => {
  const error = result('RS-1/a', 'error', { held: null, reason: 'the call: no answer' });
  test.each<[string, string, readonly CaseResult[], Partial<RunRecord>]>([
    ['conforms', 'conforms: all 2 claims pass', ALL_GOOD, {}],
    ['conforms', 'conforms: the one judged claim passes (2 in all)', [first], {}],
    [
      'does-not-conform',
      'does not conform: 1 of 2 claims fails',
      [first, result('RS-1/a', 'fail', { held: false, ...BROKEN }), third],
      {},
    ],
    [
      'does-not-conform',
      'does not conform: 1 of 1 judged claim fails (2 in all)',
      [result('EP-1/a', 'fail', { held: null, ...BROKEN })],
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
  const report = build([result('EP-1/a', 'fail', { held: null, ...BROKEN }), second, third]);
  const claims = report.claims.map(({ id, verdict, brokenBy, reason }) => ({ id, verdict, brokenBy, reason }));
  expect(claims).toEqual([
    { id: 'EP-1', verdict: 'not-run', brokenBy: [], reason: 'every case of it was stopped by RS-1' },
    { id: 'RS-1', verdict: 'fail', brokenBy: ['EP-1/a'], reason: undefined },
    { id: 'EP-3', verdict: 'observed', brokenBy: [], reason: undefined },
  ]);
});

test('what was kept back, or is not in the recording, is no request', () => {
  const exchanges = (['timeout', 'stopped', 'not-recorded'] as const).map((reason) => ({
    ...UNANSWERED,
    failure: { reason, message: reason },
  }));
  const tried = { seed: 1, runs: 2, requests: 3, retries: 0 };
  expect(build([result('EP-1/a', 'error', { exchanges, tried })]).requests).toBe(4);
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
  const twice = [...CASES, makeCase('EP-1/b', 'title', [])];
  const stopped = result('EP-1/b', 'fail', { claim: 'EP-1', held: null, ...BROKEN });
  const [claim] = build([stopped], { cases: twice }).claims;
  expect([claim?.verdict, claim?.reason]).toEqual(['not-run', 'what was run of it was stopped by RS-1']);
  const error = result('EP-1/b', 'error', { claim: 'EP-1', held: null, reason: 'no answer' });
  expect(build([error], { cases: twice }).claims[0]?.reason).toBe('no answer');
});

test('a case that made new customers says so', () => {
  const report = build([result('EP-1/a', 'pass', { customers: { kept: 0, new: 2 } }), second]);
  expect(report.cases.map((one) => one.newCustomer)).toEqual([true, false, false]);
  expect(report.customers).toEqual({ kept: 1, new: 2 });
});
