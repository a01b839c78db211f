import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allMutants } from '../mock/mutants/all-mutants.ts';
import { readRawDocument } from '../mock/mutants/raw-document.ts';
import { freshOutputs, README, shownOutput, withOutput, withoutTimes } from './readme-outputs.ts';

const ROOT = dirname(README);
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const PAGES = ['README.md', 'CONTRIBUTING.md', 'suites/mock/README.md', 'suites/targets/README.md'];
const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts);

function all(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))];
}

describe('the README', () => {
  test.each(PAGES)('%s names only existing scripts', (page) => {
    const named = all(read(page), /\bnpm run (?:--silent |-s )?([a-z][a-z:]*)/g);
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });

  test.each(PAGES)('%s links only to existing files', (page) => {
    const links = all(read(page), /\]\(([^)#\s]+)[^)]*\)/g).filter((link) => !/^https?:/.test(link));
    expect(links.filter((link) => !existsSync(resolve(ROOT, dirname(page), link)))).toEqual([]);
  });

  test.each(PAGES)('%s names only existing files', (page) => {
    const named = all(read(page), /`((?:spec|suites|reports|pipelines)\/[\w./-]+)`/g).filter(
      (file) => !file.startsWith('reports/out'),
    );
    expect(named.filter((file) => !existsSync(resolve(ROOT, file)))).toEqual([]);
  });

  test.each(Object.entries(freshOutputs))(
    'shows current output: %s (npm run readme updates it)',
    async (name, fresh) => {
      expect(withoutTimes(shownOutput(name) ?? '')).toBe(withoutTimes(await fresh()));
    },
  );

  test('shows a proof with the current number of mutants (npm run readme updates it)', async () => {
    const { length } = allMutants(await readRawDocument());
    expect(shownOutput('prove')).toMatch(new RegExp(`^mutants +${length}, of which \\d+ are equivalent`));
    expect(shownOutput('prove')).toMatch(/\nThe proof holds\.$/);
  });
});

test('a new output replaces the old one literally', () => {
  const empty = 'a\n<!-- output:x -->\n<!-- /output:x -->\nb';
  const once = withOutput(empty, 'x', "$& costs $1 and $'");
  expect(shownOutput('x', once)).toBe("$& costs $1 and $'");
  expect(withOutput(withOutput(once, 'x', 'other'), 'x', "$& costs $1 and $'")).toBe(once);
  expect(shownOutput('y', once)).toBeUndefined();
});
