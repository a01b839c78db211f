import { describe, expect, test } from 'vitest';
import { DEFAULT_SEED, LIVE_RUNS, LIVE_SHRINKS, MOCK_RUNS, MOCK_SHRINKS } from '../cases/property-plan.ts';
import { readSettings, settingsError } from './settings.ts';
import type { Environment } from './values.ts';

const LIVE = { JUSPAY_TARGET: 'live', JUSPAY_API_KEY: 'key', JUSPAY_MERCHANT_ID: 'merchant' };

function planFor(env: Environment): unknown {
  return readSettings(env).properties;
}

describe('properties', () => {
  test.for<[string, Environment, unknown]>([
    ['are tried against the mock', {}, { seed: DEFAULT_SEED, runs: MOCK_RUNS, shrinks: MOCK_SHRINKS }],
    ['can be turned off', { JUSPAY_PROPERTIES: 'off' }, { off: 'JUSPAY_PROPERTIES=off' }],
    ['are off against a live server', LIVE, { off: 'not asked for: JUSPAY_PROPERTIES=on tries them' }],
    [
      'are tried a little there when asked for',
      { ...LIVE, JUSPAY_PROPERTIES: 'on' },
      { seed: DEFAULT_SEED, runs: LIVE_RUNS, shrinks: LIVE_SHRINKS },
    ],
    [
      'are asked for by a number of runs too',
      { ...LIVE, JUSPAY_RUNS: '40', JUSPAY_SEED: '7' },
      { seed: 7, runs: 40, shrinks: LIVE_SHRINKS },
    ],
    [
      'stay off where that is said',
      { ...LIVE, JUSPAY_PROPERTIES: 'off' },
      { off: 'not asked for: JUSPAY_PROPERTIES=on tries them' },
    ],
  ])('%s', ([, env, plan]) => {
    expect(planFor(env)).toEqual(plan);
  });

  test.for<[Environment, string]>([
    [{ JUSPAY_SEED: '-1' }, 'JUSPAY_SEED is "-1": expected a whole number from 0 to 2147483647'],
    [{ JUSPAY_RUNS: '0' }, 'JUSPAY_RUNS is "0": expected a whole number from 1 to 100000'],
    [
      { JUSPAY_RUNS: '' },
      `JUSPAY_RUNS is empty: expected a whole number from 1 to 100000, or no such variable (then ${MOCK_RUNS})`,
    ],
    [{ JUSPAY_PROPERTIES: 'few' }, 'JUSPAY_PROPERTIES is "few": expected on or off'],
  ])('that cannot be read end the run: %o', ([env, problem]) => {
    expect(() => readSettings(env)).toThrow(settingsError([problem]));
  });
});
