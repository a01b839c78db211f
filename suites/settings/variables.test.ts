import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SetupError } from '../../spec/setup-error.ts';
import { readSettings } from './settings.ts';
import { defaultInWords, describe, VARIABLES, type VariableName } from './variables.ts';

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

test('every setting is read', () => {
  const read = new Set<string>();
  const set: Record<string, string> = { JUSPAY_TARGET: 'live', JUSPAY_BASE_URL: 'https://api.juspay.in' };
  const env = new Proxy(set, {
    get(_, name: string) {
      read.add(name);
      return set[name];
    },
  });
  expect(() => readSettings(env)).toThrow(SetupError);
  expect(NAMES.filter((name) => !read.has(name))).toEqual([]);
});

test('.env.example has exactly these settings', () => {
  expect([...new Set(read('.env.example').match(/\bJUSPAY_[A-Z_]+\b/g))].sort()).toEqual([...NAMES].sort());
});
