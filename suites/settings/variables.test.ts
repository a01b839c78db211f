import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultInWords, describe, settingsHelp, VARIABLES, type VariableName } from './variables.ts';

const NAMES = Object.keys(VARIABLES) as VariableName[];
const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

test("the README's table is up to date", () => {
  const rows = read('README.md').match(/^\| `JUSPAY_.*$/gm);
  expect(rows).toEqual(
    NAMES.map((name) => `| \`${name}\` | ${defaultInWords(describe(name), '`')} | ${describe(name).help} |`).map(
      (row) => row.replace('|  |', '| |'),
    ),
  );
});

test('.env.example has exactly these settings', () => {
  expect([...new Set(read('.env.example').match(/\bJUSPAY_[A-Z_]+\b/g))].sort()).toEqual([...NAMES].sort());
});

test('the help has a line for every setting', () => {
  expect(settingsHelp().split('\n')).toHaveLength(NAMES.length);
  expect(settingsHelp()).toContain(
    '  JUSPAY_RUNS                 how often to try each property; setting it turns them on (default 10; live: 5)',
  );
});
