import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REPORT_FILES } from '../../reports/views/write.ts';
import { REPORTS } from './until-judged.mjs';

const written = REPORT_FILES.map(({ file }) => file as string).sort();

test('a run that does not start removes every file of an older one', () => {
  expect([...REPORTS].sort()).toEqual(written);
});

test('the README says what each file is for', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const named = [...readme.matchAll(/^\| `(\w+\.(?:html|json|xml|md))` \|/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual(written);
});
