import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Vitest } from 'vitest/node';
import { hostileReport } from '../../reports/fixtures/kinds-of-reports.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { ownSuite } from '../fixtures/own-suite.ts';
import { type ReferenceServerOptions, startReferenceServer } from '../fixtures/reference-server.ts';
import { liveVariables, startRun } from '../fixtures/spawned-run.ts';
import { refusals } from './vitest-adapter.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function vitest(args: readonly string[], env: Readonly<Record<string, string>>, options: ReferenceServerOptions) {
  const server = await startReferenceServer(options);
  closing.push(server.close);
  const run = startRun(liveVariables(server.url, env), { args: [...args, '-t', 'RS-2/|RQ-2/|RQ-6/'] });
  const code = await run.ended();
  const { stdout, stderr } = run.output();
  return {
    code,
    requests: server.requests,
    verdict: run.verdict(),
    report: run.report(),
    stdout: `${stdout}`,
    stderr: `${stderr}`,
  };
}

test('against the mock, the clone prints little, writes every view, takes in the proof, and exits with 0', async () => {
  const folder = newFolder();
  const { proof } = hostileReport();
  writeFileSync(join(folder, 'proof.json'), JSON.stringify(proof));
  const run = startRun({}, { folder });
  expect(await run.ended()).toBe(0);
  const stdout = run.output().stdout.toString();
  expect(stdout.split('\n').length).toBeLessThan(70);
  expect(readdirSync(folder).sort()).toEqual([
    ...['ctrf.json', 'junit.xml', 'proof.json', 'report.html', 'report.json', 'summary.md', 'verdict.json'],
  ]);
  expect(run.report().proof).toEqual(proof);
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ verdict: 'conforms', exitCode: 0 });
});

describe('no option of vitest changes limits, exit code and reports', () => {
  const HOSTILE = [
    '--pool=vmThreads',
    '--isolate',
    '--fileParallelism',
    '--maxWorkers=4',
    '--testTimeout=1',
    '--retry=3',
  ];
  test('those of its workers', async () => {
    const env = { VITEST_MAX_WORKERS: '4', JUSPAY_MAX_REQUESTS: '30' };
    const args = ['--reporter=dot', ...HOSTILE];
    const { code, requests, verdict } = await vitest(args, env, { fault: 'id-as-number' });
    expect([code, verdict]).toEqual([1, 'does-not-conform']);
    expect(requests).toBeLessThanOrEqual(30);
  });

  test('those of its output, where cases outside the profile are shown as skipped', async () => {
    const args = ['--pool=forks', '--reporter=json', '--silent', '--sequence.shuffle'];
    const { code, report, stdout } = await vitest(args, { JUSPAY_PROFILE: 'smoke' }, { fault: 'id-as-number' });
    expect([code, report.verdict]).toEqual([1, 'does-not-conform']);
    // What the run itself prints follows.
    const [shown = ''] = /^\{"numTotalTestSuites".*$/m.exec(stdout) ?? [];
    const { pass, fail } = report.counts;
    expect(JSON.parse(shown)).toMatchObject({ numPassedTests: pass, numFailedTests: fail });
  });

  test('unsupported options are refused before anything is sent', async () => {
    const { code, requests, verdict, stderr } = await vitest(['--shard=1/2', '--bail=1'], {}, {});
    expect([code, requests, verdict]).toEqual([2, 0, 'could-not-judge']);
    expect(stderr).toBe(
      "could not judge: vitest's --shard splits by file: use --shard 1/3 of the project's own command, which splits by case\n" +
        '--bail would skip cases, but a verdict needs all of them: select fewer with -t\n',
    );
  });

  test('without tests there is no verdict', async () => {
    const { code, verdict } = await vitest(['--passWithNoTests', 'no-such-suite'], {}, {});
    expect([code, verdict]).toEqual([2, 'could-not-judge']);
  });
});

describe('a failure before the run exits with 2, says why, and leaves no older verdict', () => {
  const START = 'suites/runner/start.mjs';
  test.concurrent.each([
    [[START, '--no-such-flag'], 'vitest does not start: Unknown option `--suchFlag`'],
    [['node_modules/vitest/vitest.mjs', 'run', '--project=none'], 'vitest exited before the run started'],
  ])('%j', async (node, why) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'verdict.json'), '{"verdict":"conforms"}');
    const run = startRun({}, { folder, node });
    expect([await run.ended(), run.verdict(), run.report().verdict]).toEqual([2, 'could-not-judge', 'could-not-judge']);
    expect(run.output().stderr.toString()).toContain(`could not judge: ${why}`);
    expect(run.files().get('junit.xml')?.toString()).toContain('<error');
  });
});

test('an invalid .env leaves no older verdict', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'verdict.json'), '{"verdict":"conforms"}');
  writeFileSync(join(folder, '.env'), 'JUSPAY_MAX_REQUESTS\n');
  const run = startRun({ DOTENV_CONFIG_PATH: join(folder, '.env') }, { folder });
  expect([await run.ended(), run.verdict()]).toEqual([2, 'could-not-judge']);
});

test('vitest list sends nothing and leaves the last report alone', async () => {
  const server = await startReferenceServer();
  closing.push(server.close);
  const folder = newFolder();
  writeFileSync(join(folder, 'verdict.json'), '{}');
  const run = startRun(liveVariables(server.url), { folder, command: 'list', args: [] });
  expect([await run.ended(), server.requests, readFileSync(join(folder, 'verdict.json'), 'utf8')]).toEqual([
    0,
    0,
    '{}',
  ]);
  expect(run.output().stdout.toString()).toContain('RS-2/id');
});

test('a suite with an unhandled rejection exits with 2', async () => {
  const code = "import { test } from 'vitest';\ntest('none', () => {});\nvoid Promise.reject(new Error('oops'));\n";
  const { args, remove } = ownSuite(code, ['suites/token.suite.ts']);
  closing.push(async () => remove());
  const run = startRun({}, { args });
  expect([await run.ended(), run.verdict()]).toEqual([2, 'could-not-judge']);
});

test('each unsupported option has an explanation', () => {
  const config = {
    reporters: [['blob', {}]],
    shard: { index: 1, count: 2 },
    mergeReports: '.vitest-reports',
    bail: 1,
    typecheck: { enabled: true },
    browser: { enabled: true },
    coverage: { enabled: true },
    outputFile: { json: 'reports/out/report.json' },
  };
  expect(refusals({ config, mode: 'benchmark' } as unknown as Vitest, 'reports/out')).toHaveLength(8);
  const off = { enabled: false };
  const usual = { reporters: [['default', {}]], typecheck: off, browser: off, coverage: off };
  expect(refusals({ config: usual, mode: 'test' } as unknown as Vitest, 'reports/out')).toEqual([]);
});
