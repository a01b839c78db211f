import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../fixtures/new-folder.ts';
import { startReferenceServer } from '../fixtures/reference-server.ts';
import { runHere } from '../fixtures/run-here.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';
import { casesOf, MUST_CLAIMS } from '../fixtures/totals.ts';

const TOKENS = { pattern: /TK-/ };

test('a run compares itself with a baseline, and prints what broke', async () => {
  const { folder } = await runHere({}, TOKENS);
  const summary = join(newFolder(), 'summary');
  const server = await startReferenceServer({ fault: 'token-only-on-creation' });
  const { exitCode, text } = await runHere(
    liveVariables(server.url, {
      JUSPAY_REPORT_DIR: folder,
      JUSPAY_BASELINE: join(folder, 'report.json'),
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
    }),
    TOKENS,
  );
  await server.close();
  expect(exitCode).toBe(1);
  expect(text).toMatch(/\nnewly failing +TK-4 pass → fail, \d+ cases?\n/);
  const lines = text.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^::stop-commands::/);
  expect(lines).toContainEqual(expect.stringMatching(/^::error title=TK-4 fails::/));
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ verdict: 'does-not-conform', broken: ['TK-4'] });
  expect(readFileSync(summary, 'utf8')).toMatch(/^## Does not conform: 1 of \d+ judged claims fails/m);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['comparison.html', 'comparison.md', 'comparison.txt']));
});

test('a run of some cases says so, and leaves out an invalid proof', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'proof.json'), '{}');
  const { exitCode, text, report } = await runHere({ JUSPAY_REPORT_DIR: folder }, { pattern: /RQ-2\// });
  expect(exitCode).toBe(0);
  expect(text).toContain(`\nconforms: the one judged claim passes (${MUST_CLAIMS} in all)\n`);
  const { cases } = report();
  const unselected = cases.length - casesOf('RQ-2/');
  expect(text).toContain(`\nWhat was not run\n  ${unselected} cases: not selected for this run\n`);
  expect(text).not.toContain('\nnot run');
  expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain(
    `**Part of the suite: ${unselected} of ${cases.length} cases were not selected.**`,
  );
  expect(report().proof).toBeUndefined();
});
