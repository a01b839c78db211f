import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { liveSettings } from '../fixtures/live-settings.ts';
import { listen } from '../fixtures/loopback.ts';
import { type ReferenceServerOptions, startReferenceServer } from '../fixtures/reference-server.ts';
import type { CaseResult } from '../judge/result.ts';
import { judgeLeased } from '../runner/judge-case.ts';
import { openRun } from '../runner/operation.ts';
import type { Settings } from '../settings/settings.ts';
import { openLiveTarget } from './live-target.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const RETRIES = { attempts: 8, firstDelayMs: 1, longestDelayMs: 10 };

/** Judges cases against a reference server with these limits. */
async function judged(
  changes: Partial<Settings>,
  options: ReferenceServerOptions = {},
  cases = allCases,
): Promise<{
  results: CaseResult[];
  requests: number;
  customers: number;
  spent: { requests: number; customers: number };
}> {
  const server = await startReferenceServer(options);
  const target = openLiveTarget(liveSettings(server.url, changes), { retries: RETRIES });
  closing.push(server.close, target.close);
  const run = openRun(await loadContract(), target, 'nonce');
  const results = await Promise.all(cases.map((testCase) => judgeLeased(testCase, run)));
  return { results, requests: server.requests, customers: server.customers, spent: target.spent };
}

const count = (results: CaseResult[], verdict: CaseResult['verdict']) =>
  results.filter((result) => result.verdict === verdict).length;

describe('the budget of requests', () => {
  test.each([
    [0, {}],
    [1, {}],
    [57, {}],
    [200, {}],
    [150, { variant: 'busy-now-and-then' }],
    [150, { variant: 'resets-now-and-then' }],
    // A failure causes more requests: the call again, and an ordinary one.
    [150, { fault: 'email-mandatory' }],
  ] as const)('%i requests are never exceeded (%o)', async (maxRequests, options) => {
    const { results, requests, spent } = await judged({ maxRequests }, options);
    expect(requests).toBeLessThanOrEqual(maxRequests);
    expect(spent.requests).toBeGreaterThanOrEqual(requests);
    expect(spent.requests).toBeLessThanOrEqual(maxRequests);
    const left = results.filter(({ verdict }) => verdict === 'not-run');
    expect(left.length).toBeGreaterThan(0);
    // Cases that do not fit send nothing.
    for (const { reason, exchanges, stopped } of left) {
      expect({ reason, exchanges, stopped }).toEqual({
        reason: `JUSPAY_MAX_REQUESTS (${maxRequests}) leaves no room for it`,
        exchanges: [],
        stopped: true,
      });
    }
  });

  test('which cases fit does not depend on the concurrency', async () => {
    const ran = async (concurrency: number) => {
      const { results } = await judged({ maxRequests: 200, concurrency });
      return results.filter(({ verdict }) => verdict !== 'not-run').map(({ id }) => id);
    };
    const [few, many] = [await ran(2), await ran(30)];
    expect(few.length).toBeGreaterThan(100);
    expect(many).toEqual(few);
  });
});

describe('the budget of new customers', () => {
  test.each([
    [0, {}],
    [1, {}],
    [40, {}],
    [100, { fault: 'at-sign-in-first-name-accepted' }],
    [60, { variant: 'resets-now-and-then' }],
    [25, { fault: 'reference-optional' }],
  ] as const)('%i customers are never exceeded (%o)', async (maxNewCustomers, options) => {
    const { results, customers, spent } = await judged({ maxNewCustomers }, options);
    expect(customers).toBeLessThanOrEqual(maxNewCustomers);
    // Never counts less than the server created.
    expect(spent.customers).toBeGreaterThanOrEqual(customers);
    // One more for the ordinary call, whose customer the preflight counts in a complete run.
    expect(spent.customers).toBeLessThanOrEqual(maxNewCustomers + 1);
    expect(count(results, 'not-run')).toBeGreaterThan(0);
  });

  test('counts what the server created, on the first run and on one that reuses its customers', async () => {
    // The last case uses customers of other cases, which would count twice.
    const kept = allCases.filter(
      ({ customers, steps }) => customers === 'kept' && steps.every(({ owner }) => owner === undefined),
    );
    const first = await judged({}, {}, kept);
    expect(first.results.reduce((sum, { created = 0 }) => sum + created, 0)).toBe(first.customers);
    // A server whose clock is an hour ahead, so that its customers look an hour old.
    const old = await startReferenceServer();
    const later = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request
        .on('data', (piece: Buffer) => pieces.push(piece))
        .on('end', async () => {
          const headers = new Headers(request.headers as Record<string, string>);
          for (const name of ['connection', 'content-length', 'transfer-encoding', 'host']) headers.delete(name);
          const body = Buffer.concat(pieces);
          const answer = await fetch(`${old.url}${request.url}`, { method: 'POST', headers, body });
          const date = new Date(Date.now() + 3_600_000).toUTCString();
          const type = answer.headers.get('content-type') ?? 'text/plain';
          response
            .writeHead(answer.status, { date, 'content-type': type })
            .end(Buffer.from(await answer.arrayBuffer()));
        });
    });
    const { url, close } = await listen(later);
    closing.push(old.close, close);
    const target = openLiveTarget(liveSettings(url));
    closing.push(target.close);
    const run = openRun(await loadContract(), target, 'nonce');
    const results = await Promise.all(kept.map((testCase) => judgeLeased(testCase, run)));
    expect(results.reduce((sum, { created = 0 }) => sum + created, 0)).toBe(0);
  });
});

describe('properties, whose number of calls is not known in advance', () => {
  const properties = allCases.filter(({ property }) => property !== undefined);
  // 5 runs, 40 to shrink a counterexample and 1 to explain it, with one, two and three customers each.
  const NEED = 46 * (1 + 2 + 3);

  test.each([
    {},
    { fault: 'at-sign-in-first-name-accepted' },
    { fault: 'reference-optional' },
    { fault: 'new-id-per-call' },
    { variant: 'resets-now-and-then' },
  ] as const)('stay within their reservation (%o)', async (options) => {
    const { results, customers, spent } = await judged({ maxNewCustomers: NEED }, options, properties);
    expect(count(results, 'not-run')).toBe(0);
    expect(customers).toBeLessThanOrEqual(spent.customers);
    expect(spent.customers).toBeLessThanOrEqual(NEED);
    const one = await judged({ maxNewCustomers: 45 }, options, properties);
    expect(one.requests).toBe(0);
    expect(new Set(one.results.map(({ reason }) => reason))).toEqual(
      new Set(['JUSPAY_MAX_NEW_CUSTOMERS (45) leaves no room for it']),
    );
  });

  test.each([{}, { fault: 'at-sign-in-first-name-accepted' }, { variant: 'busy-now-and-then' }] as const)(
    'stop when no requests are left, and are then not judged (%o)',
    async (options) => {
      const { results, requests, spent } = await judged({ maxRequests: 12 }, options, properties);
      expect(requests).toBeLessThanOrEqual(12);
      expect(spent.requests).toBe(12);
      const cut = results.filter(({ verdict }) => verdict === 'error');
      expect(cut.length).toBeGreaterThan(0);
      for (const { reason } of cut) expect(reason).toMatch(/JUSPAY_MAX_REQUESTS leaves no room for another request$/);
    },
  );
});

describe('concurrent calls', () => {
  const bursts = allCases.filter(({ steps }) => steps.some(({ calls }) => calls.length > 1));

  test.each([
    [2, 0],
    [4, 0],
    // One at a time, 10 per second, no two would overlap at a server that takes 40 ms.
    [4, 10],
    [16, 1000],
  ])('leave together within the limits (concurrency %i, %i per second)', async (concurrency, maxRps) => {
    const one = bursts.filter(({ id }) => id === 'GC-3/one-new-reference');
    const { results } = await judged({ concurrency, maxRps }, { fault: 'race-on-creation' }, one);
    expect(results).toMatchObject([{ verdict: 'fail', findings: [{ claim: 'GC-3' }] }]);
  });

  test('are not judged with a concurrency of one, because a pass would prove nothing', async () => {
    for (const changes of [{ concurrency: 1 }, { maxRps: 1 }]) {
      const { results, requests } = await judged(changes, { fault: 'race-on-creation' }, bursts);
      expect(new Set(results.map(({ verdict, reason }) => `${verdict}: ${reason}`))).toEqual(
        new Set(['not-run: its calls must be concurrent, and the settings allow one at a time']),
      );
      expect(requests).toBe(0);
    }
  });
});
