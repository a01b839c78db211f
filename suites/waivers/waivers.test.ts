import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newFolder } from '../fixtures/new-folder.ts';
import { type ReferenceServerOptions, startReferenceServer } from '../fixtures/reference-server.ts';
import { runHere } from '../fixtures/run-here.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';
import type { CaseResult } from '../judge/result.ts';
import { judgeWaivers, type Waiver, waive, whyStale } from './waiver.ts';

const waiver = (id: string, daysLeft = 5): Waiver => {
  return { id, reason: 'why', owner: 'who', expires: '2030-06-20', daysLeft };
};

function result(id: string, verdict: CaseResult['verdict'], ...claims: string[]): CaseResult {
  const findings = claims.map((claim) => ({ claim, expected: 'x', actual: 'y', exchange: 0 }));
  const about = { title: '', held: null, exchanges: [], customers: { kept: 0, new: 0 }, ms: 0 };
  return { id, claim: id.split('/')[0] ?? '', verdict, findings, ...about };
}

describe('a failure', () => {
  test.each<[string[], string[], string]>([
    [['RQ-7', 'RQ-7'], ['RQ-7'], 'waived'],
    [['RQ-7', 'RQ-7'], ['RQ-7/comma'], 'waived'],
    [['RQ-7', 'RQ-7'], ['RQ-7/colon'], 'fail'],
    [['RQ-7', 'RQ-7'], [], 'fail'],
    [['RQ-7', 'ER-2'], ['RQ-7'], 'fail'],
    [['RQ-7', 'ER-2'], ['ER-2'], 'fail'],
    [['RQ-7', 'ER-2'], ['RQ-7', 'ER-2'], 'waived'],
    [['RQ-7', 'ER-2'], ['RQ-7/comma'], 'waived'],
  ])('of RQ-7/comma for %j, waived by %j: %s', (claims, ids, verdict) => {
    const waivers = ids.map((id) => waiver(id));
    expect(waive(result('RQ-7/comma', 'fail', ...claims), waivers).verdict).toBe(verdict);
  });

  test('names the waiver as its reason, until the waiver expires', () => {
    const failed = result('RQ-7/comma', 'fail', 'RQ-7');
    expect(waive(failed, [waiver('RQ-7', 0)]).reason).toBe('waived by RQ-7: why (who, until 2030-06-20)');
    expect(waive(failed, [waiver('RQ-7', -1)])).toBe(failed);
  });

  test.each(['error', 'not-run', 'pass', 'observed'] as const)(
    'is the only verdict that is waived, not %s',
    (verdict) => {
      const other = result('RQ-7/comma', verdict);
      expect(waive(other, [waiver('RQ-7'), waiver('RQ-7/comma')])).toBe(other);
    },
  );
});

test('the state of each waiver', () => {
  const results = [
    result('RQ-7/comma', 'waived', 'RQ-7'),
    result('RQ-7/colon', 'pass'),
    result('GC-1/one', 'pass'),
    result('GC-2/one', 'error'),
    result('GC-2/two', 'pass'),
    result('GC-3/one', 'not-run'),
  ];
  const known = {
    claims: new Set(['RQ-7', 'GC-1', 'GC-2', 'GC-3']),
    cases: new Set(results.map(({ id }) => id)),
  };
  const ids = ['RQ-7', 'RQ-7/comma', 'RQ-7/colon', 'GC-1', 'GC-2', 'GC-2/two', 'GC-3', 'GC-9', 'RQ-7/nothing'];
  const judged = judgeWaivers([...ids.map((id) => waiver(id)), waiver('GC-3/one', -2)], results, known);
  expect(judged.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'RQ-7 used',
    'RQ-7/comma used',
    'RQ-7/colon passed',
    'GC-1 passed',
    // No GC-2 and GC-3: not all of their cases were judged.
    'GC-2/two passed',
    'GC-9 unmatched',
    'RQ-7/nothing unmatched',
    'GC-3/one expired',
  ]);
});

test('a waiver with cases covers no others, and is stale as soon as one of them passes', () => {
  const named = { ...waiver('RQ-7'), cases: ['RQ-7/comma', 'RQ-7/colon'] };
  const results = (colon: CaseResult) => [
    waive(result('RQ-7/comma', 'fail', 'RQ-7'), [named]),
    waive(colon, [named]),
    waive(result('RQ-7/new', 'fail', 'RQ-7'), [named]),
  ];
  const known = { claims: new Set(['RQ-7']), cases: new Set(['RQ-7/comma', 'RQ-7/colon', 'RQ-7/new']) };
  const broken = results(result('RQ-7/colon', 'fail', 'RQ-7'));
  expect(broken.map(({ verdict }) => verdict)).toEqual(['waived', 'waived', 'fail']);
  expect(judgeWaivers([named], broken, known)).toEqual([{ ...named, state: 'used' }]);
  const [stale] = judgeWaivers([named], results(result('RQ-7/colon', 'pass')), known);
  expect(stale).toEqual({ ...named, state: 'passed', passing: ['RQ-7/colon'] });
  expect(stale && whyStale(stale)).toBe('the waiver of RQ-7 names cases that pass: RQ-7/colon');
});

describe('a run', () => {
  async function runWith(waivers: string, options: ReferenceServerOptions = {}) {
    const server = await startReferenceServer(options);
    const file = join(newFolder(), 'waivers.yaml');
    writeFileSync(file, `"${new URL(server.url).host}":\n${waivers}`);
    const variables = liveVariables(server.url, { JUSPAY_WAIVERS: file });
    const ran = await runHere(variables, { claims: ['RQ-9', 'RQ-10'] }).finally(server.close);
    return { ...ran, file, requests: server.requests };
  }
  const entry = (id: string, expires = '2999-12-31') =>
    `  - { id: ${id}, reason: why, owner: who, expires: ${expires} }\n`;

  test.each<[string, string, string, number, RegExp]>([
    [
      'RQ-10',
      '2999-12-31',
      'used',
      0,
      /^conforms except for 1 of \d+ judged claims \(\d+ in all\), which fails and is waived$/,
    ],
    ['RQ-10', '2020-01-01', 'expired', 1, /the waiver of RQ-10 expired on 2020-01-01/],
    ['RQ-9', '2999-12-31', 'passed', 1, /the waiver of RQ-9 is not needed: it passes/],
    ['RQ-99', '2999-12-31', 'unmatched', 1, /the waiver of RQ-99 matches no claim or case/],
  ])('with a waiver of %s until %s, which is %s, has the right exit code', async (id, until, state, code, said) => {
    const { exitCode, report } = await runWith(entry(id, until), { fault: 'at-sign-in-first-name-accepted' });
    expect(exitCode).toBe(code);
    const { waivers, summary, notices } = report();
    expect(waivers).toMatchObject([{ id, owner: 'who', state }]);
    expect(state === 'used' ? summary : notices.map(({ text }) => text).join()).toMatch(said);
    expect(report().claims.find((claim) => claim.id === 'RQ-10')?.verdict).toBe(state === 'used' ? 'waived' : 'fail');
  });

  test('with an invalid file sends nothing and exits with 2', async () => {
    const { exitCode, text, file, requests } = await runWith('  - RQ-10\n');
    const wrong = 'item 1 is "RQ-10": expected a waiver: id, cases, reason, owner, expires';
    expect([exitCode, text]).toEqual([2, `could not judge: the waivers cannot be used:\n  - ${file}:2:5: ${wrong}`]);
    expect(requests).toBe(0);
  });
});
