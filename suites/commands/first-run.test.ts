import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { compareFidelity } from '../../reports/compare/fidelity.ts';
import { observedOptions } from '../../reports/compare/observed-options.ts';
import { reportOf } from '../../reports/fixtures/judged-report.ts';
import type { Report } from '../../reports/report.ts';
import { worstFirst } from '../../reports/worst-first.ts';
import { loadContract } from '../../spec/contract.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { runHere } from '../fixtures/run-here.ts';
import { startSandboxServer } from '../fixtures/sandbox-server.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';
import { openMockTarget } from '../targets/mock-target.ts';
import type { Options } from './command.ts';
import { waiveText } from './waive.ts';

vi.setConfig({ testTimeout: 120_000 });

const server = await startSandboxServer();
afterAll(async () => {
  await server.close();
});

const folder = newFolder();
const [file, reportFile] = [join(folder, 'waivers.yaml'), join(folder, 'report.json')];
const run = (more = {}, claims?: readonly string[]) =>
  runHere(liveVariables(server.url, { JUSPAY_REPORT_DIR: folder, ...more }), claims && { claims });
const waived = (options: Options) => waiveText(reportFile, file, options);
const change = (from: string | RegExp, to: string) =>
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to));

const brokenIn = (report: Report) => worstFirst(report).map(({ claim }) => claim.id);
const verdictOf = (report: Report, id: string) => report.claims.find((claim) => claim.id === id)?.verdict;

test('from the first run against the sandbox to a green one, and on to later changes', async () => {
  const first = await run();
  expect(brokenIn(first.report()).sort()).toEqual(['AU-4', 'RQ-10', 'RQ-12', 'RQ-2', 'RQ-7', 'RQ-8']);
  expect(first.text).toContain('  elsewhere the header is only recommended (another page of the documentation)');
  expect(first.text).toContain('  first_name: RQ-10 accepted although excluded: all ');
  const failed = first.report().counts.fail;

  // Waive each of them, with a reason written by a person.
  expect(await waived({ owner: 'payments' })).toMatch(/AU-4 added, for \d+ cases\n(?:.*\n)*Write the reason of each/);
  const given = { JUSPAY_WAIVERS: file };
  expect((await run(given)).text).toMatch(/waivers\.yaml:\d+:\d+: "reason" is empty: expected a sentence on why/);
  change('reason: ""', 'reason: agreed with the provider');

  const green = await run(given);
  expect([green.exitCode, green.report().verdict]).toEqual([0, 'conforms']);
  expect(green.report().counts).toMatchObject({ fail: 0, waived: failed });
  // No output calls a waived claim broken.
  expect(brokenIn(green.report())).toEqual([]);
  expect(JSON.parse(green.text.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ verdict: 'conforms', broken: [] });
  expect(green.text.replace(/\{.*\}/, '')).not.toMatch(/broken|fails:/);

  // A waiver covers only the cases that it names.
  change(/ +- RQ-7\/comma\n/g, '');
  expect(brokenIn((await run(given, ['RQ-7', 'RQ-8'])).report())).toEqual(['RQ-7']);
  expect(await waived({})).toBe(`${file}: RQ-7: 1 case more`);

  // A week later: short references are refused, one more character is accepted, and times have another format.
  server.knobs = { ...server.knobs, checks: ['RQ-2'], times: 'offset-without-colon' };
  const changed = (await run(given)).report();
  expect(changed.verdict).toBe('does-not-conform');
  expect(brokenIn(changed)).toEqual(['RS-5']);
  expect(verdictOf(changed, 'RQ-7')).toBe('waived');
  expect(changed.notices.map(({ text }) => text).join()).toMatch(
    /the waiver of RQ-2 names cases that pass: .*RQ-2\/seven-characters/,
  );
  expect(await waived({ prune: true })).toContain('RQ-2 removed');
  expect(readFileSync(file, 'utf8')).not.toMatch(/^ {2}- id: RQ-2$/m);
});

test('a mock with the options observed from the service behaves like it', async () => {
  server.knobs = { ...server.knobs, checks: 'length', times: 'microseconds' };
  const live = (await run()).report();
  const contract = await loadContract();
  const { mockOptions, unmapped } = observedOptions(live, await reportOf(openMockTarget(contract), undefined));
  expect(unmapped).toEqual([]);
  const fidelity = compareFidelity(await reportOf(openMockTarget(contract, mockOptions), undefined), live);
  expect(fidelity.cases.filter(({ kind }) => kind.endsWith('differently') || kind.startsWith('mock-'))).toEqual([]);
  expect(fidelity.alike / fidelity.comparable).toBeGreaterThanOrEqual(0.99);
});
