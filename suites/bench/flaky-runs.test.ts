import { expect, test } from 'vitest';
import { allCases } from '../cases/all.ts';
import { flakyRuns } from './flaky-runs.ts';

test('every case has one verdict on a server that resets, stalls and says "not now" by chance', async () => {
  const { same, different, retries, troubles } = await flakyRuns(4, 1000);
  expect(different).toEqual(new Map());
  expect(same.size).toBe(allCases.length);
  expect(new Set(same.values())).toEqual(new Set(['pass', 'observed']));
  // It was indeed a server that fails.
  expect(Math.min(troubles.reset, troubles.stall, troubles.busy)).toBeGreaterThan(20);
  expect(retries).toBeGreaterThan(100);
});
