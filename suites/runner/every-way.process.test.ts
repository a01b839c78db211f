import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../reports/report.ts';
import { builtCommand } from '../fixtures/built-command.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { startReferenceServer } from '../fixtures/reference-server.ts';
import { liveVariables, startRun } from '../fixtures/spawned-run.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The ways to start a run, as arguments of Node.js, with their exit codes. In a test file of your own vitest sets them. */
const WAYS = {
  command: () => [builtCommand(), 'run'],
  clone: () => [join(ROOT, 'suites/runner/start.mjs')],
  testFile() {
    const folder = newFolder();
    const suite = JSON.stringify(join(dirname(builtCommand()), 'vitest.js'));
    writeFileSync(join(folder, 'own.test.ts'), `import { conformance } from ${suite};\nconformance();\n`);
    return [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder];
  },
};

/** Results without times and customers. */
function essence({ verdict, summary, counts, claims, cases }: Report) {
  return {
    verdict,
    summary,
    counts,
    claims: claims.map((claim) => [claim.id, claim.verdict]),
    cases: cases.map((one) => [
      one.id,
      one.verdict,
      one.reason,
      one.findings.map(({ claim, pointer }) => [claim, pointer]),
    ]),
  };
}

async function runBy(way: keyof typeof WAYS) {
  const server = await startReferenceServer({ fault: 'id-as-number' });
  const run = startRun(liveVariables(server.url, { JUSPAY_PROFILE: 'smoke' }), { node: WAYS[way]() });
  const code = await run.ended();
  await server.close();
  const { exitCode } = JSON.parse(readFileSync(join(run.folder, 'verdict.json'), 'utf8')) as { exitCode: number };
  return { code, exitCode, report: essence(run.report()) };
}

test('the command, the clone and your own test file give the same verdicts', async () => {
  const [command, clone, testFile] = await Promise.all([runBy('command'), runBy('clone'), runBy('testFile')]);
  expect(command).toMatchObject({ code: 1, exitCode: 1 });
  expect(command.report.cases.length).toBeGreaterThan(300);
  expect(clone).toEqual(command);
  expect(testFile).toEqual(command);
});
