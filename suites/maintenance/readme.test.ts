import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../reports/report.ts';
import { worstFirst } from '../../reports/worst-first.ts';
import { waiveText } from '../commands/waive.ts';
import { firstRun } from '../fixtures/first-run.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { runHere } from '../fixtures/run-here.ts';
import { startSandboxServer } from '../fixtures/sandbox-server.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';
import { allMutants } from '../mock/mutants/all-mutants.ts';
import { readRawDocument } from '../mock/mutants/raw-document.ts';
import { freshOutputs, README, shownOutput, withOutput, withoutTimes } from './readme-outputs.ts';

const ROOT = dirname(README);
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const PAGES = ['README.md', 'CONTRIBUTING.md', 'suites/mock/README.md', 'suites/targets/README.md'];
const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts);

const sources = new Set(
  ['spec', 'suites', 'reports'].flatMap((top) =>
    readdirSync(join(ROOT, top), { recursive: true }).map((name) => basename(String(name))),
  ),
);

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
    const alone = all(read(page), /`([\w.-]+\.(?:ts|mjs))`/g);
    expect(alone.filter((name) => !sources.has(name))).toEqual([]);
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

describe('the first run against a sandbox that the README shows', () => {
  const brokenIn = (report: Report) => worstFirst(report).map(({ claim }) => claim.id);

  test('breaks what the real service is known to do differently', async () => {
    const { first } = (await firstRun()).reports;
    expect(brokenIn(first).sort()).toEqual(['AU-4', 'RQ-10', 'RQ-12', 'RQ-2', 'RQ-7', 'RQ-8']);
  });

  test('is green once each is waived', async () => {
    const { first, green } = (await firstRun()).reports;
    expect([green.verdict, brokenIn(green)]).toEqual(['conforms', []]);
    expect(green.counts).toMatchObject({ fail: 0, waived: first.counts.fail });
  });

  test('is red again when the service changes, for better or worse', async () => {
    const { changed } = (await firstRun()).reports;
    expect([changed.verdict, brokenIn(changed)]).toEqual(['does-not-conform', ['RS-5']]);
    expect(changed.claims.find(({ id }) => id === 'RQ-7')?.verdict).toBe('waived');
    expect(changed.notices.map(({ text }) => text).join()).toMatch(/the waiver of AU-4 names cases that pass: /);
  });

  test('a waiver needs a reason, and covers only the cases that it names', async () => {
    const server = await startSandboxServer();
    const folder = newFolder();
    const file = join(folder, 'waivers.yaml');
    const run = () => {
      const variables = liveVariables(server.url, { JUSPAY_REPORT_DIR: folder, JUSPAY_WAIVERS: file });
      return runHere(variables, { claims: ['RQ-7', 'RQ-8'] });
    };
    const waivers = (await firstRun()).waivers.replaceAll('sandbox.example', server.host);
    writeFileSync(file, waivers.replace('reason: agreed with the provider', 'reason: ""'));
    expect((await run()).text).toMatch(/waivers\.yaml:\d+:\d+: "reason" is empty: expected a sentence on why/);
    writeFileSync(file, waivers.replaceAll(/ +- RQ-7\/comma\n/g, ''));
    expect(brokenIn((await run()).report())).toEqual(['RQ-7']);
    expect(await waiveText(join(folder, 'report.json'), file, {})).toBe(`${file}: RQ-7: 1 case more`);
    await server.close();
  });
});

test('a new output replaces the old one literally', () => {
  const empty = 'a\n<!-- output:x -->\n<!-- /output:x -->\nb';
  const once = withOutput(empty, 'x', "$& costs $1 and $'");
  expect(shownOutput('x', once)).toBe("$& costs $1 and $'");
  expect(withOutput(withOutput(once, 'x', 'other'), 'x', "$& costs $1 and $'")).toBe(once);
  expect(shownOutput('y', once)).toBeUndefined();
});
