import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import type { Case } from '../cases/case.ts';
import { liveSettings } from '../fixtures/live-settings.ts';
import { type MockHere, startMockHere } from '../fixtures/mock-here.ts';
import type { CaseResult } from '../judge/result.ts';
import { judge } from '../runner/judge-case.ts';
import { openRun } from '../runner/operation.ts';
import { openLiveTarget } from '../targets/live-target.ts';
import { SAMPLE_KEY, SAMPLE_MERCHANT } from './sample-access.ts';

const TIMEOUT = 120_000;

async function judgeAll(url: string, cases: readonly Case[] = allCases): Promise<CaseResult[]> {
  const credentials = { apiKey: SAMPLE_KEY, account: SAMPLE_MERCHANT };
  const target = openLiveTarget(liveSettings(url, { ...credentials, timeoutMs: 10_000, concurrency: 16 }));
  try {
    const run = openRun(await loadContract(), target);
    const results: CaseResult[] = [];
    for (const one of cases) results.push(await judge(one, run));
    return results;
  } finally {
    await target.close();
  }
}

describe('`npm run mock`, over HTTP', () => {
  let mock: MockHere;
  beforeAll(async () => {
    mock = await startMockHere(['--allow-fault-header', '--allow-fault-references', '--admin']);
  });
  afterAll(() => mock.close());

  test('conforms with every --allow flag, and again with the same state', { timeout: TIMEOUT }, async () => {
    for (const _ of ['new customers', 'known ones']) {
      const results = await judgeAll(mock.url);
      const unexpected = results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'observed');
      expect(unexpected.map(({ id, verdict, reason, findings }) => ({ id, verdict, reason, findings }))).toEqual([]);
      expect(results).toHaveLength(allCases.length);
      expect(results.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(0);
    }
    expect(mock.lines.filter((line) => line.includes(' 500 '))).toEqual([]);
  });
});

test('a mock with a fault fails over HTTP too', { timeout: TIMEOUT }, async () => {
  const mock = await startMockHere(['--fault', 'missing-field=object']);
  try {
    const cases = allCases.filter(({ claim }) => claim === 'RS-3');
    const blamed = (await judgeAll(mock.url, cases)).flatMap(({ findings }) => findings.map(({ claim }) => claim));
    expect(blamed).toContain('RS-3');
  } finally {
    await mock.close();
  }
});
