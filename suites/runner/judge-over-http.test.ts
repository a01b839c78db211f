import { describe, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { propertyCases } from '../cases/properties.ts';
import type { PropertyPlan } from '../cases/property-plan.ts';
import { liveSettings } from '../fixtures/live-settings.ts';
import { FAULTS, type FaultName, VARIANT_GROUPS, VARIANTS } from '../fixtures/reference-deviations.ts';
import { type ReferenceServerOptions, startReferenceServer } from '../fixtures/reference-server.ts';
import type { CaseResult } from '../judge/result.ts';
import { openLiveTarget } from '../targets/live-target.ts';
import { judge } from './judge-case.ts';
import { openRun } from './operation.ts';

const contract = await loadContract();
const KEYS = { apiKey: 'reference_Key_0001', account: 'reference_merchant' };
const SETTINGS = { ...KEYS, timeoutMs: 10_000, concurrency: 16 };

const OFF = { off: 'off in this test' };

/** Judges a server that shares no code with the mock, over real HTTP. */
async function judgeReference(options: ReferenceServerOptions, properties?: PropertyPlan): Promise<CaseResult[]> {
  const server = await startReferenceServer({ ...KEYS, ...options });
  const target = openLiveTarget(liveSettings(server.url, SETTINGS));
  try {
    const run = openRun(contract, target, undefined, properties);
    return await Promise.all(allCases.map((testCase) => judge(testCase, run)));
  } finally {
    await target.close();
    await server.close();
  }
}

function notGood(results: readonly CaseResult[]): Pick<CaseResult, 'id' | 'verdict' | 'reason' | 'findings'>[] {
  return results
    .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'observed')
    .map(({ id, verdict, reason = '', findings }) => ({ id, verdict, reason, findings }));
}

describe.concurrent('an independent server, over real HTTP', () => {
  test('conforms', async ({ expect }) => {
    expect(notGood(await judgeReference({}))).toEqual([]);
  });

  test('conforms under a path prefix', async ({ expect }) => {
    expect(notGood(await judgeReference({ pathPrefix: '/gateway' }))).toEqual([]);
  });

  test('conforms in a repeated run, which creates only customers that must be new', async ({ expect }) => {
    const server = await startReferenceServer(KEYS);
    const target = openLiveTarget(liveSettings(server.url, SETTINGS));
    const once = async () => {
      const run = openRun(contract, target, undefined, OFF);
      return Promise.all(allCases.map((testCase) => judge(testCase, run)));
    };
    const first = await once();
    const customers = server.customers;
    const second = await once();
    const added = server.customers - customers;
    const counted = second.reduce((sum, result) => sum + result.customers.new, 0);
    await target.close();
    await server.close();
    const notRun = { verdict: 'not-run', reason: `properties are off: ${OFF.off}`, findings: [] };
    const properties = propertyCases.map(({ id }) => ({ id, ...notRun }));
    expect(notGood([...first, ...second])).toEqual([...properties, ...properties]);
    expect(added).toBe(counted);
    expect(added).toBeLessThan(20);
  });
});

describe.concurrent('differences where the page is silent break no claim', () => {
  test('each is in a group', ({ expect }) =>
    expect(VARIANT_GROUPS.flat().sort()).toEqual(Object.keys(VARIANTS).sort()));

  test.for(VARIANT_GROUPS)('%s', async (...[variant, { expect }]) => {
    const results = await judgeReference({ variant });
    // Without a Date header some cases cannot be judged, which is not an error.
    const isUnseen = ({ reason = '' }: { readonly reason?: string }) =>
      reason.startsWith('not judged: the answer has no readable Date header');
    expect(notGood(results).filter((one) => !isUnseen(one))).toEqual([]);
    expect(results.some(isUnseen)).toBe(variant.includes('no-date-header'));
  });
});

// Without properties, as in a live run by default: the tables show every one of these faults.
// At the same time, because each run waits a second between two calls.
describe.concurrent('every fault fails the claim that it breaks, and no other', () => {
  test.for(Object.keys(FAULTS) as FaultName[])('%s', async (fault, { expect }) => {
    const { claim, alsoBreaks = [] } = FAULTS[fault];
    const results = await judgeReference({ fault }, OFF);
    const blamed = new Set(results.flatMap(({ findings }) => findings.map((finding) => finding.claim)));
    expect([...blamed]).toContain(claim);
    expect([...blamed].filter((one) => ![claim, ...alsoBreaks].includes(one))).toEqual([]);
    expect(results.filter(({ verdict }) => verdict === 'error')).toEqual([]);
  });
});
