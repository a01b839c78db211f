import { describe, expect, test } from 'vitest';
import { reportCase } from '../../../../reports/report-case.ts';
import { failureText } from '../../../../reports/views/failure-text.ts';
import { loadContract } from '../../../../spec/contract.ts';
import { propertyCases } from '../../../cases/properties.ts';
import { FEW_RUNS, type PropertyPlan } from '../../../cases/property-plan.ts';
import { combinationFaults } from '../../../mock/faults/combinations.ts';
import { createMock } from '../../../mock/mock.ts';
import type { Patch } from '../../../mock/patches.ts';
import { PROOF_KEYS } from '../../../mock/proof-keys.ts';
import { judgeServer, MANY, verdictOf } from '../../../proof/run-server.ts';
import { judge } from '../../../runner/judge-case.ts';
import { openRun } from '../../../runner/operation.ts';
import { directTarget } from '../../../targets/direct-target.ts';
import type { HttpOutcome, Target } from '../../../targets/target.ts';
import type { CaseResult } from '../../result.ts';

const contract = await loadContract();
const KEYS = PROOF_KEYS;

function server(patch: ReturnType<Patch> = {}): Target {
  return directTarget(createMock(contract.document, { ...KEYS, ...patch }));
}

function ask(target: Target, plan: PropertyPlan, nonce = 'test'): Promise<CaseResult[]> {
  const run = openRun(contract, target, nonce, plan);
  return Promise.all(propertyCases.map((testCase) => judge(testCase, run)));
}

/** A target that keeps the bodies sent to it. */
function recording(target: Target): { target: Target; sent: string[] } {
  const sent: string[] = [];
  const send = (request: Parameters<Target['send']>[0]) => {
    sent.push(request.body);
    return target.send(request);
  };
  return { target: { ...target, send }, sent };
}

describe('against a server that conforms', () => {
  test('every property holds, and its calls and customers are counted', async () => {
    const { target, sent } = recording(server());
    const results = await ask(target, FEW_RUNS);
    expect(results.map(({ id, verdict, held, exchanges }) => ({ id, verdict, held, exchanges }))).toEqual(
      propertyCases.map(({ id }) => ({ id, verdict: 'pass', held: true, exchanges: [] })),
    );
    expect(results.reduce((sum, { tried }) => sum + (tried?.requests ?? 0), 0)).toBe(sent.length);
    expect(results[0]?.customers).toEqual({ kept: 0, new: FEW_RUNS.runs });
  });

  test('the same seed sends the same requests, another one does not', async () => {
    const [one, two, other] = [recording(server()), recording(server()), recording(server())];
    await ask(one.target, FEW_RUNS);
    await ask(two.target, FEW_RUNS);
    await ask(other.target, { ...FEW_RUNS, seed: FEW_RUNS.seed + 1 });
    expect(one.sent.length).toBeGreaterThan(20);
    expect([...two.sent].sort()).toEqual([...one.sent].sort());
    expect([...other.sent].sort()).not.toEqual([...one.sent].sort());
  });

  test('no two executions share a customer, and another run has different ones', async () => {
    const { target, sent } = recording(server());
    const referencesOf = (bodies: readonly string[]) =>
      new Set(bodies.map((body) => new URLSearchParams(body).get('object_reference_id')));
    await ask(target, FEW_RUNS, 'one');
    const first = referencesOf(sent.splice(0));
    await ask(target, FEW_RUNS, 'two');
    const shared = [...referencesOf(sent)].filter((reference) => first.has(reference));
    // Absent and short references belong to no customer.
    expect(shared.filter((reference) => (reference ?? '').length >= 8)).toEqual([]);
  });
});

test('properties that are off are not run, with the reason, and send nothing', async () => {
  const { target, sent } = recording(server());
  const results = await ask(target, { off: 'not asked for' });
  expect(results.map(({ verdict, held, reason }) => ({ verdict, held, reason }))).toEqual(
    propertyCases.map(() => ({ verdict: 'not-run', held: null, reason: 'properties are off: not asked for' })),
  );
  expect(sent).toEqual([]);
});

test('a server without answers is not a counterexample, and gets no more requests', async () => {
  let asked = 0;
  const send = async (): Promise<HttpOutcome> => {
    asked += 1;
    return { kind: 'failure', reason: 'timeout', message: 'no complete answer within 5 ms', retried: [], ms: 5 };
  };
  const run = openRun(contract, { ...server(), send }, 'test', FEW_RUNS);
  const [accepted] = propertyCases;
  if (accepted === undefined) throw new Error('there are no properties');
  const result = await judge(accepted, run);
  expect(result).toMatchObject({
    verdict: 'error',
    step: 'a request that the contract accepts',
    reason: 'no complete answer within 5 ms; an ordinary call got no answer either (no complete answer within 5 ms)',
    findings: [],
  });
  // The call, its repetition, and two ordinary ones.
  expect(asked).toBeLessThanOrEqual(4);
});

describe('a fault that only a combination shows', () => {
  test.for(combinationFaults)('$name', async ({ claim, patch }) => {
    const results = await judgeServer(contract, server(patch()), { cases: propertyCases, properties: MANY });
    const byProperties = verdictOf(results);
    expect(Object.keys(byProperties.broken)).toEqual([claim]);
  });
});

test('a counterexample is small, and reported with its calls and seed', async () => {
  const fault = combinationFaults.find(({ name }) => name === 'second-refusal-updates');
  const results = await ask(server(fault?.patch()), { ...MANY, shrinks: 1000 });
  const failed = results.find(({ verdict }) => verdict === 'fail');
  if (failed === undefined) throw new Error('the fault was not found');
  expect(failed.exchanges.map(({ response }) => response?.status)).toEqual([200, 400, 400, 200]);
  const lines = failureText(reportCase(failed, 'https://server.test'), []).split('\n');
  expect(lines.filter((line) => line.startsWith('    curl '))).toEqual(
    Array(4).fill("    curl -sS -i -X POST 'https://server.test/v2/customers' \\"),
  );
  expect(
    lines.filter((line) => /^ {2}(?:reproduce|then)/.test(line)).map((line) => line.replace(/with .*\)/, 'with …)')),
  ).toEqual([
    '  reproduce (a call; first give object_reference_id a new value)',
    '  then      (a call with …)',
    '  then      (a call with …)',
    '  then      (a call)',
  ]);
  expect(lines.at(-2)).toMatch(
    /^ {2}search again \(with the settings of this run; found at execution \d+ of 200 with seed 1, and shrunk to the smallest that shows it\)$/,
  );
  expect(lines.at(-1)).toBe(
    '    juspay-conformance run --properties on --seed 1 --runs 200 --case GC-1/property-sequences',
  );
});

test('a search that ends with another claim leaves its own undecided', async () => {
  const rewrite: ReturnType<Patch>['rewrite'] = (answer) => ({
    ...answer,
    body: String(answer.body).replaceAll(/"object":\s*"customer"/g, '"object":"person"'),
  });
  const results = await ask(server({ rewrite }), FEW_RUNS);
  expect(results.map(({ verdict, held }) => [verdict, held])).toEqual(Array(3).fill(['fail', null]));
});

test('shrinking stops when its executions are used up', async () => {
  const never = { rewrite: () => ({ status: 500, headers: {}, body: '' }) };
  const { target, sent } = recording(server(never));
  const [accepted] = propertyCases;
  if (accepted === undefined) throw new Error('there are no properties');
  await judge(accepted, openRun(contract, target, 'test', { seed: 1, runs: 50, shrinks: 3 }));
  // One failed execution, three to shrink, and one to explain the refusal; each repeats a refused call.
  const calls = sent.filter((body) => !body.includes('diagnosis-') && !body.includes('control-'));
  expect(calls.length).toBe(10);
});
