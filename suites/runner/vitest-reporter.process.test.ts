import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hostileReport } from '../../reports/fixtures/made-reports.ts';
import { readReport } from '../../reports/read-report.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import type { FaultName } from '../fixtures/reference-deviations.ts';
import { startReferenceServer } from '../fixtures/reference-server.ts';
import { runHere } from '../fixtures/run-here.ts';
import { liveVariables, startRun } from '../fixtures/spawned-run.ts';
import { casesOf, MUST_CLAIMS } from '../fixtures/totals.ts';

/** A whole run as started by `npm run conformance`. */
async function conformance(variables: Readonly<Record<string, string>>, ...filters: string[]) {
  const run = startRun(variables, { args: ['--mode=conformance', ...filters] });
  const code = await run.ended();
  const { stdout, stderr } = run.output();
  return { code, stdout: stdout.toString(), stderr: stderr.toString() };
}

const FILES = ['ctrf.json', 'junit.xml', 'proof.json', 'report.html', 'report.json', 'summary.md', 'verdict.json'];

async function judgeServer(fault: FaultName, env: Readonly<Record<string, string>>) {
  const server = await startReferenceServer({ fault });
  const run = await conformance(liveVariables(server.url, env));
  await server.close();
  return run;
}

describe('a run', () => {
  test('against the mock prints little, writes every view, takes in the proof, and exits with 0', async () => {
    const place = newFolder();
    const { proof } = hostileReport();
    writeFileSync(join(place, 'proof.json'), JSON.stringify(proof));
    const { code, stdout } = await conformance({ JUSPAY_REPORT_DIR: place });
    expect(code).toBe(0);
    expect(stdout.split('\n').length).toBeLessThan(70);
    expect(readdirSync(place).sort()).toEqual(FILES);
    expect(readReport(join(place, 'report.json')).proof).toEqual(proof);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ verdict: 'conforms', exitCode: 0 });
  });

  test('compares itself with a baseline, and prints what broke', async () => {
    const { folder: place } = await runHere({});
    const summary = join(newFolder(), 'summary');
    const { code, stdout } = await judgeServer('token-only-on-creation', {
      JUSPAY_REPORT_DIR: place,
      JUSPAY_BASELINE: join(place, 'report.json'),
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nnewly failing {7}TK-4 pass → fail, \d+ cases?\n/);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^::stop-commands::/);
    expect(lines.at(-2)).toMatch(/^::error title=TK-4 fails::/);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ verdict: 'does-not-conform', broken: ['TK-4'] });
    expect(readFileSync(summary, 'utf8')).toContain(`## Does not conform: 1 of ${MUST_CLAIMS} claims fails\n`);
    expect(readdirSync(place)).toEqual(expect.arrayContaining(['comparison.html', 'comparison.md', 'comparison.txt']));
  });

  test('of some cases says so; an invalid proof is a warning, and not in the report', async () => {
    const place = newFolder();
    writeFileSync(join(place, 'proof.json'), '{}');
    const { code, stdout, stderr } = await conformance({ JUSPAY_REPORT_DIR: place }, '-t', 'RQ-2/');
    expect(code).toBe(0);
    expect(stdout).toContain(`\nconforms: the one judged claim passes (${MUST_CLAIMS} in all)\n`);
    const { cases } = JSON.parse(readFileSync(join(place, 'report.json'), 'utf8')) as { readonly cases: unknown[] };
    const unselected = cases.length - casesOf('RQ-2/');
    expect(stdout).toContain(`\nWhat was not run\n  ${unselected} cases: not selected for this run\n`);
    expect(stdout).not.toContain('\nnot run');
    expect(readFileSync(join(place, 'summary.md'), 'utf8')).toContain(
      `**Part of the suite: ${unselected} of ${cases.length} cases were not selected.**`,
    );
    expect(stderr).toContain('the report has no proof: ');
    expect(stderr).toContain('proof.json is not a proof as juspay-conformance prove writes one');
  });

  test('does not start if the baseline cannot be read', async () => {
    const { code, stdout, stderr } = await conformance({ JUSPAY_BASELINE: 'nowhere.json' });
    expect([code, stdout.includes('Judging')]).toEqual([2, false]);
    expect(stderr).toContain('could not judge: nowhere.json cannot be read: ENOENT');
  });

  test('does not start if no report can be written', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    const { code, stderr } = await conformance({ JUSPAY_REPORT_DIR: file });
    expect([code, stderr]).toEqual([
      2,
      'could not judge: the settings cannot be used:\n' +
        `  - JUSPAY_REPORT_DIR is "${file}": expected a folder that can be written to (EEXIST: file already exists, mkdir '${file}')\n` +
        'See the table "Settings" in README.md, or juspay-conformance run --help.\n',
    ]);
  });
});
