import { readFileSync } from 'node:fs';
import { expect, describe as group, test } from 'vitest';
import { SetupError } from '../../spec/setup-error.ts';
import { readSettings } from './settings.ts';
import { defaultInWords, describe, settingsHelp, VARIABLES, type VariableName } from './variables.ts';

const NAMES = Object.keys(VARIABLES) as VariableName[];
const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

function problems(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (thrown) {
    if (thrown instanceof SetupError) return thrown.problems;
    throw thrown;
  }
}

test("the README's table is this table", () => {
  const rows = read('README.md').match(/^\| `JUSPAY_.*$/gm);
  expect(rows).toEqual(
    NAMES.map((name) => `| \`${name}\` | ${defaultInWords(describe(name), '`')} | ${describe(name).help} |`).map(
      (row) => row.replace('|  |', '| |'),
    ),
  );
});

test('.env.example has every setting, and no other', () => {
  expect([...new Set(read('.env.example').match(/\bJUSPAY_[A-Z_]+\b/g))].sort()).toEqual([...NAMES].sort());
});

test('the help has a line for every setting', () => {
  expect(settingsHelp().split('\n')).toHaveLength(NAMES.length);
  expect(settingsHelp()).toContain(
    '  JUSPAY_RUNS                 how often each property is tried; setting it turns them on (default 10; live: 5)',
  );
});

group('settings that look wrong', () => {
  test.each([
    ['JUSPAY_TARGE', 'did you mean JUSPAY_TARGET?'],
    ['juspay_target', 'did you mean JUSPAY_TARGET?'],
    ['JUSTPAY_API_KEY', 'did you mean JUSPAY_API_KEY?'],
    ['JUSPAY_MERCHANTID', 'did you mean JUSPAY_MERCHANT_ID?'],
    ['JUSPAY_KEY', 'did you mean JUSPAY_API_KEY?'],
    ['JUSPAY_HOST', 'README.md lists them all; where it belongs to something else, run without it (env -u)'],
    [
      'JUSPAY_WEBHOOK_USER_NAME',
      'README.md lists them all; where it belongs to something else, run without it (env -u)',
    ],
  ])('%s is no setting', (name, meant) => {
    expect(problems({ [name]: 'x' })).toEqual([`${name} is not a setting of this suite: ${meant}`]);
  });

  test('other variables are nobody’s business', () => {
    expect(problems({ PATH: '/bin', JUSPAYING: '1', CI: '1', J: 'x' })).toEqual([]);
  });

  test('a server that nobody is told to judge', () => {
    expect(problems({ JUSPAY_BASE_URL: 'https://sandbox.juspay.in', JUSPAY_API_KEY: 'k' })).toEqual([
      'JUSPAY_BASE_URL and JUSPAY_API_KEY are set, but JUSPAY_TARGET is not: JUSPAY_TARGET=live judges that server, ' +
        'JUSPAY_TARGET=mock the built-in mock',
    ]);
    expect(problems({ JUSPAY_API_KEY: 'k', JUSPAY_TARGET: 'mock' })).toEqual([]);
  });

  const live = { JUSPAY_TARGET: 'sandbox', JUSPAY_API_KEY: 'k3y', JUSPAY_MERCHANT_ID: 'm' };
  test.each([
    ['"k3y"', 'has a quotation mark at its end, which would be a part of it: leave it out (not shown)'],
    ['<KEY>', 'stands for a value, and is none: put yours in its place (not shown)'],
    ['$KEY', 'holds the name of a variable that was not filled in (not shown)'],
    ['m', 'and JUSPAY_MERCHANT_ID are the same (not shown): one of them is the other one'],
    ['k3y:', 'ends in a colon: leave it out, the suite adds it (not shown)'],
    ['Basic azN5Og==', 'begins with "Basic": give the key alone, the suite makes the header of it (not shown)'],
    [
      Buffer.from('k3y1234:').toString('base64'),
      'is base64 already: give the key as the dashboard shows it, the suite encodes it (not shown)',
    ],
  ])('a key as %j', (key, problem) => {
    expect(problems({ ...live, JUSPAY_API_KEY: key })).toEqual([`JUSPAY_API_KEY ${problem}`]);
    expect(problems(live)).toEqual([]);
  });

  test.each([
    ['JUSPAY_REPORT_DIR', '~/out', 'begins with ~, which only a shell replaces: write the path in full'],
    ['JUSPAY_WAIVERS', '$HOME/w.yaml', 'holds the name of a variable that was not filled in'],
    ['JUSPAY_REPORT_DIR', 'C:\new', 'has a line break or another control character in it'],
    ['JUSPAY_BASE_URL', 'sandbox.juspay.in', 'is not an http or https URL: write http:// or https:// before it'],
    ['JUSPAY_SEED', '7', 'is set, but no properties are tried: JUSPAY_PROPERTIES=on tries them'],
    ['JUSPAY_ALLOW_HTTP', 'true', 'is "true": expected 0 or 1'],
    ['JUSPAY_TIMEOUT_MS', '10s', 'is "10s": expected a whole number from 1 to 600000'],
  ])('%s=%j is not read around', (name, value, problem) => {
    expect(problems({ ...live, [name]: value })).toEqual([`${name} ${problem}`]);
  });

  test.each(['/v2/customers', '/v2/customers/', '/customers'])('a base URL that ends in %s', (path) => {
    expect(problems({ ...live, JUSPAY_BASE_URL: `https://example.com/x${path}` })).toEqual([
      "JUSPAY_BASE_URL holds the operation's own path, which the suite adds: leave it at https://example.com/x",
    ]);
  });
});
