import { expect, test } from 'vitest';
import { allCases } from './all.ts';
import { SMOKE_CASES, SMOKE_REQUESTS } from './smoke.ts';

test('the smoke profile has only existing cases', () => {
  const ids = new Set(allCases.map(({ id }) => id));
  expect([...SMOKE_CASES].filter((id) => !ids.has(id))).toEqual([]);
});

test('the smoke profile stays within its requests', () => {
  const smoke = allCases.filter(({ id }) => SMOKE_CASES.has(id));
  const calls = smoke.flatMap(({ steps }) => steps.flatMap((step) => step.calls));
  expect(calls.length + 1).toBeLessThanOrEqual(SMOKE_REQUESTS);
});
