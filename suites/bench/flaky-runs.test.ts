import { expect, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { startFlakyFront } from '../fixtures/flaky-front.ts';
import { liveSettings } from '../fixtures/live-settings.ts';
import { startReferenceServer } from '../fixtures/reference-server.ts';
import { judgeLeased } from '../runner/judge-case.ts';
import { openRun } from '../runner/operation.ts';
import { openLiveTarget } from '../targets/live-target.ts';

/** Results of many runs in a row. */
interface FlakyRuns {
  /** Verdict by case id, for cases with the same verdict in every run. */
  readonly same: ReadonlyMap<string, string>;
  /** The other cases, with each verdict and its reason. */
  readonly different: ReadonlyMap<string, readonly string[]>;
  readonly retries: number;
  readonly troubles: Readonly<Record<'reset' | 'stall' | 'busy', number>>;
}

/** Shorter delays than in a real run, so that a hundred runs take minutes. */
const RETRIES = { attempts: 8, firstDelayMs: 5, longestDelayMs: 100 };

/** Judges all cases many times on a server that randomly resets, stalls and is busy, with seeds from `seed` upwards. */
async function flakyRuns(runs: number, seed: number): Promise<FlakyRuns> {
  const contract = await loadContract();
  const verdicts = new Map(allCases.map(({ id }) => [id, new Set<string>()]));
  const troubles = { reset: 0, stall: 0, busy: 0 };
  let retries = 0;
  const server = await startReferenceServer();
  for (let run = 0; run < runs; run++) {
    const flakiness = { seed: seed + run, resets: 0.06, stalls: 0.06, stallMs: 60, busy: 0.06 };
    const front = await startFlakyFront(server.url, flakiness);
    // Vary the concurrency: verdicts must not depend on it.
    const settings = liveSettings(front.url, { concurrency: 2 + (run % 15), timeoutMs: 5_000 });
    const target = openLiveTarget(settings, { reached: true, retries: RETRIES });
    const opened = openRun(contract, target);
    const results = await Promise.all(allCases.map((testCase) => judgeLeased(testCase, opened)));
    for (const { id, verdict, reason, exchanges } of results) {
      verdicts.get(id)?.add(reason === undefined ? verdict : `${verdict}: ${reason}`);
      for (const { retried } of exchanges) retries += retried.length;
    }
    for (const kind of ['reset', 'stall', 'busy'] as const) troubles[kind] += front.troubles[kind];
    await target.close();
    await front.close();
  }
  await server.close();
  const entries = [...verdicts].map(([id, seen]) => [id, [...seen]] as const);
  return {
    same: new Map(entries.flatMap(([id, [only = '', ...more]]) => (more.length === 0 ? [[id, only]] : []))),
    different: new Map(entries.filter(([, seen]) => seen.length > 1)),
    retries,
    troubles,
  };
}

test('every case always gets the same verdict from a server that randomly resets, stalls and is busy', async () => {
  const { same, different, retries, troubles } = await flakyRuns(2, 1000);
  expect(different).toEqual(new Map());
  expect(same.size).toBe(allCases.length);
  expect(new Set(same.values())).toEqual(new Set(['pass', 'observed']));
  // The server really was flaky.
  expect(Math.min(troubles.reset, troubles.stall, troubles.busy)).toBeGreaterThan(10);
  expect(retries).toBeGreaterThan(50);
});
