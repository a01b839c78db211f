import { expect, test } from 'vitest';
import { allCases } from '../cases/all.ts';
import { flakyRuns } from './flaky-runs.ts';

test('every case always gets the same verdict from a server that randomly resets, stalls and is busy', async () => {
  const { same, different, retries, troubles } = await flakyRuns(2, 1000);
  expect(different).toEqual(new Map());
  expect(same.size).toBe(allCases.length);
  expect(new Set(same.values())).toEqual(new Set(['pass', 'observed']));
  // The server really was flaky.
  expect(Math.min(troubles.reset, troubles.stall, troubles.busy)).toBeGreaterThan(10);
  expect(retries).toBeGreaterThan(50);
});
