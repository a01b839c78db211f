import { expect, test } from 'vitest';
import { readFileSettings } from './file-settings.ts';
import type { Settings } from './settings.ts';

function read(env: Record<string, string>, target: Settings['target']) {
  const problems: string[] = [];
  return { settings: readFileSettings(env, target, problems), problems };
}

test('nothing is set unless a variable says so', () => {
  expect(read({}, 'mock')).toEqual({ settings: {}, problems: [] });
});

test.each([
  ['live', { JUSPAY_RECORD: ' a.har ' }, { record: 'a.har' }],
  ['replay', { JUSPAY_RECORDING: 'a.har' }, { recording: 'a.har' }],
  ['mock', { JUSPAY_MOCK_OPTIONS: 'f.json' }, { mockOptions: 'f.json' }],
  ['mock', { JUSPAY_OBSERVATIONS: 'p.json', JUSPAY_OBSERVATIONS_STRICT: '0' }, { observations: 'p.json' }],
  [
    'live',
    { JUSPAY_OBSERVATIONS: 'p.json', JUSPAY_OBSERVATIONS_STRICT: '1' },
    { observations: 'p.json', observationsStrict: true },
  ],
] as const)('%s takes %j', (target, env, settings) => {
  expect(read(env, target)).toEqual({ settings, problems: [] });
});

test.each([
  ['mock', { JUSPAY_RECORD: 'a' }, 'JUSPAY_RECORD is set, but has a meaning with JUSPAY_TARGET=live alone, not mock'],
  [
    'live',
    { JUSPAY_RECORDING: 'a' },
    'JUSPAY_RECORDING is set, but has a meaning with JUSPAY_TARGET=replay alone, not live',
  ],
  [
    'live',
    { JUSPAY_MOCK_OPTIONS: 'a' },
    'JUSPAY_MOCK_OPTIONS is set, but has a meaning with JUSPAY_TARGET=mock alone, not live',
  ],
  ['replay', {}, 'JUSPAY_RECORDING is missing: JUSPAY_TARGET=replay needs the file of a recorded run'],
  ['mock', { JUSPAY_OBSERVATIONS: ' ' }, 'JUSPAY_OBSERVATIONS is empty: expected a file, or no such variable'],
  ['mock', { JUSPAY_OBSERVATIONS_STRICT: 'yes' }, 'JUSPAY_OBSERVATIONS_STRICT is "yes": expected 0 or 1'],
  [
    'mock',
    { JUSPAY_OBSERVATIONS_STRICT: '1' },
    'JUSPAY_OBSERVATIONS_STRICT=1 needs JUSPAY_OBSERVATIONS, the file of pinned observations',
  ],
] as const)('%s with %j is a mistake', (target, env, problem) => {
  expect(read(env, target).problems).toEqual([problem]);
});
