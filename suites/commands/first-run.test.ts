import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { compareFidelity } from '../../reports/compare/fidelity.ts';
import { observedOptions } from '../../reports/compare/observed-options.ts';
import { reportOf } from '../../reports/fixtures/judged-report.ts';
import type { Report } from '../../reports/report.ts';
import { consoleText } from '../../reports/views/console.ts';
import { verdictLine } from '../../reports/views/verdict-line.ts';
import { worstFirst } from '../../reports/worst-first.ts';
import { loadContract } from '../../spec/contract.ts';
import { liveSettings } from '../fixtures/live-settings.ts';
import { startSandboxServer } from '../fixtures/sandbox-server.ts';
import { newFolder, removeFolders } from '../fixtures/spawned-run.ts';
import { openLiveTarget } from '../targets/live-target.ts';
import { openMockTarget } from '../targets/mock-target.ts';
import { loadWaivers } from '../waivers/load-waivers.ts';
import type { Options } from './command.ts';
import { waiveText } from './waive.ts';

vi.setConfig({ testTimeout: 120_000 });

const server = await startSandboxServer();
afterAll(async () => {
  await server.close();
  removeFolders();
});

const folder = newFolder();
const file = join(folder, 'waivers.yaml');
const reportFile = join(folder, 'report.json');
const waivers = () => loadWaivers(file, server.host, new Date().toISOString().slice(0, 10)).waivers;

/** A run against the stand-in, with its report where the commands find it. */
async function run(given?: ReturnType<typeof waivers>): Promise<Report> {
  const target = openLiveTarget(liveSettings(server.url));
  try {
    const report = await reportOf(target, server.url, given);
    writeFileSync(reportFile, JSON.stringify(report));
    return report;
  } finally {
    await target.close();
  }
}

const waived = (options: Options) => waiveText(reportFile, file, options);

const brokenIn = (report: Report) => worstFirst(report).map(({ claim }) => claim.id);
const verdictOf = (report: Report, id: string) => report.claims.find((claim) => claim.id === id)?.verdict;

test('from the first run against the sandbox to a green one, and on to what changes then', async () => {
  const first = await run();
  expect(brokenIn(first).sort()).toEqual(['AU-4', 'RQ-10', 'RQ-12', 'RQ-2', 'RQ-7', 'RQ-8']);
  const text = consoleText(first, { colour: false, columns: 120 });
  expect(text).toContain('  elsewhere the header is called recommended (another page of the documentation)');

  // Decided: each of them is waived, for a reason that a person writes.
  expect(await waived({ owner: 'payments' })).toMatch(
    /AU-4 added, for \d+ cases\n(?:.*\n)*Write the reason of each; a run takes/,
  );
  expect(waivers).toThrow(
    /waivers\.yaml:\d+:\d+: "reason" is empty: expected a sentence on why this deviation is accepted/,
  );
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('reason: ""', 'reason: agreed with the provider'));

  const green = await run(waivers());
  expect(green.verdict).toBe('conforms');
  expect(green.counts).toMatchObject({ fail: 0, waived: first.counts.fail });
  // Waived is waived everywhere.
  expect(brokenIn(green)).toEqual([]);
  expect(JSON.parse(verdictLine(green))).toMatchObject({ verdict: 'conforms', broken: [] });
  expect(consoleText(green, { colour: false, columns: 120 })).not.toMatch(/broken|fails:/);

  // A week later: short references are refused, one more character is let in, and times are written otherwise.
  server.knobs = { ...server.knobs, checks: ['RQ-2'], times: 'offset-without-colon' };
  const changed = await run(waivers());
  expect(changed.verdict).toBe('does-not-conform');
  expect(brokenIn(changed)).toEqual(['RS-5']);
  expect(verdictOf(changed, 'RQ-7')).toBe('waived');
  expect(changed.summary).toMatch(/the waiver of RQ-2 names cases that pass: .*RQ-2\/seven-characters/);

  expect(await waived({ prune: true })).toContain('RQ-2 removed');
  expect(waivers().map(({ id }) => id)).not.toContain('RQ-2');
});

test('a mock that is told what the service was seen to do behaves as it does', async () => {
  server.knobs = { ...server.knobs, checks: 'length', times: 'microseconds' };
  const live = await run();
  const contract = await loadContract();
  const { mockOptions, unmapped } = observedOptions(live, await reportOf(openMockTarget(contract), undefined));
  expect(unmapped).toEqual([]);
  const told = compareFidelity(await reportOf(openMockTarget(contract, mockOptions), undefined), live);
  expect(told.cases.filter(({ kind }) => kind.endsWith('differently') || kind.startsWith('mock-'))).toEqual([]);
  expect(told.alike / told.comparable).toBeGreaterThanOrEqual(0.99);
});
