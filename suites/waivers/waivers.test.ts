import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newFolder } from '../fixtures/new-folder.ts';
import { type ReferenceServerOptions, startReferenceServer } from '../fixtures/reference-server.ts';
import { runHere } from '../fixtures/run-here.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';
import type { CaseResult } from '../judge/result.ts';
import { loadWaivers } from './load-waivers.ts';
import { judgeWaivers, type Waiver, waive, whyStale } from './waiver.ts';

const TODAY = '2030-06-15';

function load(text: string, host = 'sandbox.juspay.in'): readonly Waiver[] {
  const file = join(newFolder(), 'waivers.yaml');
  writeFileSync(file, text);
  return loadWaivers(file, host, TODAY).waivers;
}

describe('the file', () => {
  const good = `
sandbox.juspay.in:
  - id: RQ-7/comma
    reason: accepted since 2029
    owner: https://tickets.example/42
    expires: 2030-06-15
  - { id: GC-2, cases: [GC-2/one], reason: known, owner: payments, expires: 2030-06-14 }
Mock: []
`;

  test('is read for one target, with the number of days left', () => {
    const own = { reason: 'accepted since 2029', owner: 'https://tickets.example/42', expires: '2030-06-15' };
    expect(load(good)).toEqual([
      { id: 'RQ-7/comma', ...own, daysLeft: 0 },
      { id: 'GC-2', cases: ['GC-2/one'], reason: 'known', owner: 'payments', expires: '2030-06-14', daysLeft: -1 },
    ]);
    expect(load(good, 'mock')).toEqual([]);
    expect(load(good, 'api.example.com')).toEqual([]);
    expect(load('# nothing yet\n')).toEqual([]);
  });

  test('errors name line and column of every problem, including other targets’', () => {
    const text = `
sandbox.juspay.in:
  - id: RQ-*
    reason: ''
    owner: 7
    until: 2030-01-01
  - id: RQ-7/comma
    expires: 2030-02-30
  - { id: GC-1, cases: [x], reason: r, owner: o, expires: 2030-07-01 }
  - RQ-8
other.example:
  RQ-1: x
`;
    const problems = [
      '3:5: "expires" is missing: expected the last day on which it applies, like 2026-03-31',
      '3:9: "id" is "RQ-*": expected one claim, like RQ-7, or one case, like RQ-7/comma; wildcards are not allowed',
      '4:13: "reason" is empty: expected a sentence on why this deviation is accepted',
      '5:12: "owner" is 7: expected the name of who is responsible',
      '6:5: "until" is unknown: expected id, cases, reason, owner, expires',
      '7:5: "reason" is missing: expected a sentence on why this deviation is accepted',
      '7:5: "owner" is missing: expected the name of who is responsible',
      '8:14: "expires" is "2030-02-30": expected the last day on which it applies, like 2026-03-31',
      '9:25: item 1 is "x": expected the id of a case, like RQ-7/comma',
      '10:5: item 4 is "RQ-8": expected a waiver: id, cases, reason, owner, expires',
      '12:3: "other.example" is an object: expected a list of waivers',
    ];
    const told = (thrown: unknown) => String((thrown as Error).message).replaceAll(/ \S*waivers\.yaml:/g, ' ');
    const message = ['the waivers cannot be used:', ...problems.map((problem) => `  - ${problem}`)].join('\n');
    expect(() => load(text)).toThrow(expect.toSatisfy((thrown) => told(thrown) === message));
  });

  test.each([
    ['a: [', /waivers\.yaml:1:5: /],
    ['- id: RQ-1', /waivers\.yaml:1:1: it is a list: expected a mapping from hosts to lists of waivers$/],
    ['a: []\na: []', /waivers\.yaml:2:1: Map keys must be unique$/],
    [
      'h:\n  - &a { id: RQ-1, reason: r, owner: o, expires: 2030-07-01 }\n  - *a',
      /waivers\.yaml:3:5: item 2 repeats the id of an earlier item: RQ-1$/,
    ],
    [
      'h:\n  - { id: RQ-1/x, cases: [RQ-1/y], reason: r, owner: o, expires: 2030-07-01 }',
      /waivers\.yaml:2:26: "cases" is a list: expected no such key, because the id is already a case$/,
    ],
    [
      'h:\n  - id: RQ-1',
      /waivers\.yaml:2:5: "reason" is missing: .*\n.*2:5: "owner" is missing: .*\n.*2:5: "expires" is missing: /,
    ],
  ])('%j is rejected', (text, message) => {
    expect(() => load(text)).toThrow(message);
  });

  test('an error names a missing file', () => {
    expect(() => loadWaivers('/nonexistent/waivers.yaml', 'mock', TODAY)).toThrow(
      /^the waivers cannot be used:\n {2}- \/nonexistent\/waivers\.yaml cannot be read: there is no such file/,
    );
  });
});

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

test('the example in the docs is valid', () => {
  const text = readFileSync(join(import.meta.dirname, '../targets/README.md'), 'utf8');
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
  expect(load(example)).toHaveLength(2);
});
