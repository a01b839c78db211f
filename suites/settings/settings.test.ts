import { describe, expect, test } from 'vitest';
import { SetupError } from '../../spec/setup-error.ts';
import { DEFAULT_SEED, LIVE_RUNS, LIVE_SHRINKS, MOCK_RUNS, MOCK_SHRINKS } from '../cases/property-plan.ts';
import { readSettings, type Settings } from './settings.ts';

const LIVE = { JUSPAY_TARGET: 'live', JUSPAY_API_KEY: 'k3y', JUSPAY_MERCHANT_ID: 'm3rchant' };

function problems(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (thrown) {
    if (thrown instanceof SetupError) return thrown.problems;
    throw thrown;
  }
}

test('an invalid proxy is an error that does not show it, an empty one is no proxy', () => {
  expect(
    problems({ ...LIVE, HTTPS_PROXY: 'proxy:pass word@x', https_proxy: '', HTTP_PROXY: 'socks5://me:pw@h:1' }),
  ).toEqual([
    'HTTPS_PROXY is not the URL of a proxy (not shown): expected, for example, http://proxy.example.com:8080',
    'HTTP_PROXY is not the URL of a proxy (not shown): expected, for example, http://proxy.example.com:8080',
  ]);
  expect(problems({ HTTPS_PROXY: 'x' })).toEqual([]);
});

test('limits have defaults, and malformed ones are named', () => {
  expect(readSettings(LIVE)).toMatchObject({ maxRequests: 2000, maxNewCustomers: 500, only: 'all', waivers: '' });
  expect(
    problems({
      ...{ ...LIVE, JUSPAY_MAX_REQUESTS: '0', JUSPAY_MAX_NEW_CUSTOMERS: '-1', JUSPAY_ONLY: 'x', JUSPAY_WAIVERS: '' },
    }),
  ).toEqual([
    'JUSPAY_MAX_REQUESTS is "0": expected a whole number from 1 to 1000000',
    'JUSPAY_MAX_NEW_CUSTOMERS is "-1": expected a whole number from 1 to 1000000',
    'JUSPAY_ONLY is "x": expected all or failed',
    expect.stringContaining('JUSPAY_WAIVERS is empty: expected a file of waivers'),
  ]);
});

describe('settings that belong to a target', () => {
  const REPLAY = { JUSPAY_TARGET: 'replay', JUSPAY_RECORDING: 'a.har' };
  const [plan, few] = [
    { seed: DEFAULT_SEED, runs: MOCK_RUNS, shrinks: MOCK_SHRINKS },
    { seed: DEFAULT_SEED, runs: LIVE_RUNS, shrinks: LIVE_SHRINKS },
  ];
  const off = { off: 'JUSPAY_PROPERTIES=on turns them on' };
  test.each<[Record<string, string>, Partial<Settings>]>([
    [{ ...LIVE, JUSPAY_RECORD: ' a.har ' }, { record: 'a.har' }],
    [REPLAY, { recording: 'a.har', properties: off }],
    [{ JUSPAY_MOCK_OPTIONS: 'f.json' }, { mockOptions: 'f.json' }],
    [
      { JUSPAY_OBSERVATIONS: 'p.json', JUSPAY_OBSERVATIONS_STRICT: '1' },
      { observations: 'p.json', observationsStrict: true },
    ],
    [{}, { properties: plan }],
    [{ JUSPAY_PROPERTIES: 'off' }, { properties: { off: 'JUSPAY_PROPERTIES=off' } }],
    [LIVE, { properties: off }],
    [{ ...LIVE, JUSPAY_PROPERTIES: 'on' }, { properties: few }],
    [{ ...LIVE, JUSPAY_RUNS: '40', JUSPAY_SEED: '7' }, { properties: { ...few, seed: 7, runs: 40 } }],
  ])('accepts %j', (env, settings) => {
    expect(readSettings(env)).toMatchObject(settings);
  });

  test.each<[Record<string, string>, string]>([
    ...(
      [
        [{ JUSPAY_RECORD: 'a' }, 'JUSPAY_RECORD', 'live', 'mock'],
        [{ ...LIVE, JUSPAY_RECORDING: 'a' }, 'JUSPAY_RECORDING', 'replay', 'live'],
        [{ ...LIVE, JUSPAY_MOCK_OPTIONS: 'a' }, 'JUSPAY_MOCK_OPTIONS', 'mock', 'live'],
      ] as const
    ).map(([env, name, only, target]): [Record<string, string>, string] => [
      env,
      `${name} is set, but only JUSPAY_TARGET=${only} uses it, not ${target}: leave it out (if .env has it: ${name}= in front of the command)`,
    ]),
    [{ JUSPAY_TARGET: 'replay' }, 'JUSPAY_RECORDING is missing: JUSPAY_TARGET=replay needs the file of a recorded run'],
    [{ JUSPAY_OBSERVATIONS: ' ' }, 'JUSPAY_OBSERVATIONS is empty: expected a file; otherwise unset it'],
    [
      { JUSPAY_OBSERVATIONS_STRICT: '1' },
      'JUSPAY_OBSERVATIONS_STRICT=1 needs JUSPAY_OBSERVATIONS, the file of pinned observations',
    ],
    [
      { JUSPAY_RUNS: '' },
      `JUSPAY_RUNS is empty: expected a whole number from 1 to 100000; otherwise unset it (default ${MOCK_RUNS})`,
    ],
    [{ JUSPAY_PROPERTIES: 'few' }, 'JUSPAY_PROPERTIES is "few": expected on or off'],
  ])('rejects %j', (env, problem) => {
    expect(problems(env)).toEqual([problem]);
  });
});

describe('settings that look wrong', () => {
  test.each([
    ['JUSPAY_TARGE', 'did you mean JUSPAY_TARGET?'],
    ['juspay_target', 'did you mean JUSPAY_TARGET?'],
    ['JUSTPAY_API_KEY', 'did you mean JUSPAY_API_KEY?'],
    ['JUSPAY_MERCHANTID', 'did you mean JUSPAY_MERCHANT_ID?'],
    ['JUSPAY_KEY', 'did you mean JUSPAY_API_KEY?'],
    ...['JUSPAY_HOST', 'JUSPAY_WEBHOOK_USER_NAME'].map((name) => [
      name,
      'README.md lists the settings; if it belongs to another program, unset it for this run (env -u)',
    ]),
  ])('%s is not a setting', (name, meant) => {
    expect(problems({ [name]: 'x' })).toEqual([`${name} is not a setting of this suite: ${meant}`]);
  });

  test('other variables are ignored', () => {
    expect(problems({ PATH: '/bin', JUSPAYING: '1', CI: '1', J: 'x' })).toEqual([]);
  });

  test('a server without JUSPAY_TARGET', () => {
    expect(problems({ JUSPAY_BASE_URL: 'https://sandbox.juspay.in', JUSPAY_API_KEY: 'k' })).toEqual([
      'JUSPAY_BASE_URL and JUSPAY_API_KEY are set, but JUSPAY_TARGET is not: JUSPAY_TARGET=live judges that server, ' +
        'JUSPAY_TARGET=mock the built-in mock',
    ]);
    expect(problems({ JUSPAY_API_KEY: 'k', JUSPAY_TARGET: 'mock' })).toEqual([]);
  });

  test.each([
    ['"k3y"', 'starts or ends with a quotation mark, which would be part of the value: remove it (not shown)'],
    ['k3y”', 'starts or ends with a quotation mark, which would be part of the value: remove it (not shown)'],
    ['<KEY>', 'is a placeholder: replace it by your own value (not shown)'],
    ['$KEY', 'contains a variable that was not expanded (not shown)'],
    ['m3rchant', 'and JUSPAY_MERCHANT_ID are the same (not shown): one of them is wrong'],
    ['k3y:', 'ends with a colon: remove it, the suite adds it (not shown)'],
    ['Basic azN5Og==', 'starts with "Basic": set only the key, the suite builds the header (not shown)'],
    ...['k3y1234:', 'k3y-0123456789'].map((key): [string, string] => [
      Buffer.from(key).toString('base64'),
      'is already base64: set the key as the dashboard shows it, the suite encodes it (not shown)',
    ]),
  ])('a key as %j', (key, problem) => {
    expect(problems({ ...LIVE, JUSPAY_API_KEY: key })).toEqual([`JUSPAY_API_KEY ${problem}`]);
    expect(problems(LIVE)).toEqual([]);
  });

  test.each([
    ['JUSPAY_REPORT_DIR', '~/out', 'starts with ~, which only a shell expands: write the path in full'],
    ['JUSPAY_WAIVERS', '$HOME/w.yaml', 'contains a variable that was not expanded'],
    ['JUSPAY_REPORT_DIR', 'C:\new', 'contains a line break or another control character'],
    ['JUSPAY_BASE_URL', 'sandbox.juspay.in', 'is not an http or https URL: start it with http:// or https://'],
    ['JUSPAY_SEED', '7', 'is set, but properties are off: turn them on with JUSPAY_PROPERTIES=on'],
    ['JUSPAY_ALLOW_HTTP', 'true', 'is "true": expected 0 or 1'],
    ['JUSPAY_TIMEOUT_MS', '10s', 'is "10s": expected a whole number from 1 to 600000'],
  ])('rejects %s=%j', (name, value, problem) => {
    expect(problems({ ...LIVE, [name]: value })).toEqual([`${name} ${problem}`]);
  });
});
