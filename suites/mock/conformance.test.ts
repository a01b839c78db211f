import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { type MockProcess, startMockProcess } from '../fixtures/mock-process.ts';
import { judge } from '../judge/judge.ts';
import type { CaseResult } from '../judge/result.ts';
import { openRun } from '../judge/run.ts';
import type { HttpOutcome, HttpRequest, Target } from '../targets/target.ts';
import { SAMPLE_KEY, SAMPLE_MERCHANT } from './customer-handlers.ts';

const TIMEOUT = 120_000;

/** A server asked by fetch. */
function targetAt(url: string): Target {
  return {
    kind: 'sandbox',
    host: new URL(url).host,
    apiKey: SAMPLE_KEY,
    merchantId: SAMPLE_MERCHANT,
    close: async () => {},
    async send({ method, path, headers, body }: HttpRequest): Promise<HttpOutcome> {
      const started = performance.now();
      // As bytes: to a text, fetch would add a media type of its own.
      const response = await fetch(`${url}${path}`, { method, headers, body: new TextEncoder().encode(body) });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const { status } = response;
      const answer = { status, headers: Object.fromEntries(response.headers), body: bytes };
      return { kind: 'answer', ...answer, retried: [], ms: performance.now() - started };
    },
  };
}

async function judgeAll(url: string): Promise<CaseResult[]> {
  const run = openRun(await loadContract(), targetAt(url));
  const results: CaseResult[] = [];
  for (const one of allCases) results.push(await judge(one, run));
  return results;
}

describe('`npm run mock`, asked over HTTP', () => {
  let mock: MockProcess;
  beforeAll(async () => {
    mock = await startMockProcess(['--allow-fault-header', '--allow-fault-references', '--admin']);
  }, TIMEOUT);
  afterAll(async () => {
    await mock.stop();
  });

  test('conforms, with everything that can be allowed, twice over one state', { timeout: TIMEOUT }, async () => {
    for (const _ of ['new customers', 'known ones']) {
      const results = await judgeAll(mock.url);
      const unexpected = results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'observed');
      expect(unexpected.map(({ id, verdict, reason, findings }) => ({ id, verdict, reason, findings }))).toEqual([]);
      expect(results).toHaveLength(allCases.length);
      expect(results.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(0);
    }
    expect(mock.output()).not.toContain(' 500 ');
  });
});

test('a mock that was told to misbehave is found out over HTTP too', { timeout: TIMEOUT }, async () => {
  const mock = await startMockProcess(['--fault', 'missing-field=object']);
  try {
    const blamed = (await judgeAll(mock.url)).flatMap(({ findings }) => findings.map(({ claim }) => claim));
    expect(blamed).toContain('RS-3');
  } finally {
    await mock.stop();
  }
});
