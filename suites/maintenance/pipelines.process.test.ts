import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bareEnvironment } from '../fixtures/bare-environment.ts';
import { builtCommand } from '../fixtures/built-command.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { type ReferenceServer, startReferenceServer } from '../fixtures/reference-server.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';

/** Runs the steps of the pipeline templates as CI services do: with bash, in a separate folder per job. */
const ROOT = join(import.meta.dirname, '../..');
const files = [
  'action.yml',
  ...readdirSync(join(ROOT, 'pipelines'), { recursive: true }).map((name) => `pipelines/${name}`),
];
const texts = new Map(
  files.filter((name) => name.endsWith('.yml')).map((name) => [name, readFileSync(join(ROOT, name), 'utf8')]),
);

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}
interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

let good: ReferenceServer;
let wrong: ReferenceServer;
/** Stand-ins for npm and npx, which "install" this clone. */
const tools = newFolder();

beforeAll(async () => {
  [good, wrong] = await Promise.all([startReferenceServer(), startReferenceServer({ fault: 'id-as-number' })]);
  const tool = (name: string, script: string) => {
    writeFileSync(join(tools, name), `#!/bin/bash\n${script}`);
    chmodSync(join(tools, name), 0o755);
  };
  const command = `'${process.execPath}' '${builtCommand()}'`;
  tool('npx', `echo "npx $*" >> "${tools}/asked"\nshift 2\nexec ${command} "$@"\n`);
  tool(
    'npm',
    `echo "npm $*" >> "${tools}/asked"
case "$1" in
  install)
    while [ "$1" != --prefix ]; do shift; done
    mkdir -p "$2/node_modules/.bin" "$2/node_modules/juspay-customer-conformance/dist"
    printf '#!/bin/bash\\nexec %s "$@"\\n' "${command}" > "$2/node_modules/.bin/juspay-conformance"
    chmod +x "$2/node_modules/.bin/juspay-conformance"
    echo 'const { status } = require("child_process").spawnSync(process.env.COMMAND, process.argv.slice(2), { stdio: "inherit" }); process.exitCode = status;' > "$2/node_modules/juspay-customer-conformance/dist/cli.js" ;;
  test) curl --noproxy '*' -s -o /dev/null -w 'client saw %{http_code}' -X POST "$JUSPAY_URL/v2/customers" ;;
esac
`,
  );
  tool('juspay-conformance', `exec ${command} "$@"\n`);
});
afterAll(async () => {
  await Promise.all([good.close(), wrong.close()]);
});

/** Runs a script as a runner does. @returns its exit code and what it printed */
async function bash(script: string, cwd: string, env: Readonly<Record<string, string>>) {
  const own = {
    PATH: `${tools}:${process.env['PATH']}`,
    COMMAND: join(tools, 'juspay-conformance'),
    CI: 'true',
    ...env,
  };
  const { DOTENV_CONFIG_PATH: _, ...variables } = bareEnvironment(own);
  const running = promisify(execFile)('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: variables,
  });
  return running.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
}

function stepOf(file: string, job: string, name: RegExp): Step {
  const { jobs } = parse(texts.get(file) ?? '') as Workflow;
  const step = jobs[job]?.steps.find(({ name: title = '', run = '' }) => name.test(title) || name.test(run));
  if (step === undefined) throw new Error(`${file} has no step ${name} in ${job}`);
  return step;
}

test('no script contains an expression, so that inputs cannot inject commands', () => {
  expect([...texts.keys()].length).toBe(4);
  const steps = [...texts.values()].flatMap((text) => {
    const value = parse(text) as Partial<Action & Workflow>;
    return [...(value.runs?.steps ?? []), ...Object.values(value.jobs ?? {}).flatMap((job) => job.steps)];
  });
  const scripts = steps.flatMap(({ run }) => run ?? []);
  expect(scripts.length).toBeGreaterThan(5);
  for (const script of scripts) expect(script).not.toContain('${{');
});

const lacksSchemas = spawnSync('check-jsonschema', ['--version']).status !== 0;
test.skipIf(lacksSchemas)(
  `the published schemas accept them${lacksSchemas ? ' (skipped: check-jsonschema is not installed)' : ''}`,
  () => {
    const kinds: readonly [string, RegExp][] = [
      ['vendor.github-actions', /^action/],
      ['vendor.github-workflows', /github|nightly/],
      ['vendor.gitlab-ci', /gitlab/],
    ];
    for (const [schema, pattern] of kinds) {
      const chosen = [...texts.keys()].filter((name) => pattern.test(name));
      expect(chosen).not.toEqual([]);
      const { status, stdout } = spawnSync('check-jsonschema', ['--builtin-schema', schema, ...chosen], {
        cwd: ROOT,
        encoding: 'utf8',
      });
      expect([status, stdout]).toEqual([0, expect.stringContaining('ok')]);
    }
  },
);

describe('action.yml', () => {
  const { inputs, runs } = parse(texts.get('action.yml') ?? '') as Action;

  /** Runs the action's scripts with inputs; resolves the expressions in their environment. */
  async function act(given: Readonly<Record<string, string>>) {
    const folder = newFolder();
    const file = (name: string) => join(folder, name);
    const values: Record<string, string> = { 'github.action_path': ROOT, 'runner.temp': file('temp') };
    for (const [name, input] of Object.entries(inputs)) values[`inputs.${name}`] = given[name] ?? input.default;
    const outputs: Record<string, string> = {};
    let ended = { code: 0, stdout: '', stderr: '' };
    for (const { id = '', run, env = {} } of runs.steps) {
      if (run === undefined || ended.code !== 0) continue;
      const resolved = Object.entries(env).map(([name, text]) => [
        name,
        text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, expression: string) => {
          const value = values[expression];
          if (value === undefined) throw new Error(`no value for ${expression}`);
          return value;
        }),
      ]);
      writeFileSync(file('output'), '');
      const github = { GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: file('output'), GITHUB_STEP_SUMMARY: file('summary') };
      ended = await bash(run, folder, { ...github, JUSPAY_PROFILE: 'smoke', ...Object.fromEntries(resolved) });
      for (const [, name = '', value = ''] of readFileSync(file('output'), 'utf8').matchAll(/^(\w+)=(.*)$/gm)) {
        values[`steps.${id}.outputs.${name}`] = value;
        outputs[name] = value;
      }
    }
    return { ...ended, outputs, file };
  }

  test('the mock: green, with a verdict, a report and a summary', async () => {
    const { code, outputs, file, stdout } = await act({ version: '1.2.3', arguments: '--claim RS-1 --claim RS-2' });
    expect([code, outputs]).toMatchObject([0, { verdict: 'conforms', report: 'reports/out/report.json' }]);
    expect(existsSync(file('reports/out/report.json'))).toBe(true);
    expect(readFileSync(file('summary'), 'utf8')).toContain('## Conforms');
    expect(stdout).not.toContain('::error');
    expect(readFileSync(join(tools, 'asked'), 'utf8')).toMatch(/npm install .* juspay-customer-conformance@1\.2\.3\n/);
  });

  test('a live server that broke a claim: red, with annotations, and without the key', async () => {
    const { JUSPAY_API_KEY = '', JUSPAY_MERCHANT_ID = '' } = liveVariables('');
    const live = { target: 'live', 'api-key': JUSPAY_API_KEY, 'merchant-id': JUSPAY_MERCHANT_ID };
    const { code, outputs, stdout, stderr } = await act({ version: '1', ...live, 'base-url': wrong.url });
    expect([code, outputs['verdict']]).toEqual([1, 'does-not-conform']);
    expect(stdout).toMatch(/^::error .*RS-2/m);
    expect(stdout + stderr).not.toContain(JUSPAY_API_KEY);
  });

  test('inputs with shell commands: no verdict, and no command is run', async () => {
    const { code, outputs, file, stderr } = await act({
      version: '1',
      target: 'live',
      'base-url': '$(touch run-1)`touch run-2`',
      arguments: '$(touch run-3) ; touch run-4',
    });
    expect([code, outputs['verdict']]).toEqual([2, 'could-not-judge']);
    expect(stderr).not.toBe('');
    expect([1, 2, 3, 4].filter((number) => existsSync(file(`run-${number}`)))).toEqual([]);
  });
});

test('the nightly run, its comparison with the last night, and the gate that replays its recording', async () => {
  const folder = newFolder();
  const NIGHTLY = 'pipelines/nightly/nightly.yml';
  const judge = stepOf(NIGHTLY, 'sandbox', /Judge the sandbox/);
  const keep = stepOf(NIGHTLY, 'sandbox', /last-night && cp/);
  const night = (url: string, more: Readonly<Record<string, string>> = {}) =>
    bash(judge.run ?? '', folder, { ...judge.env, ...liveVariables(url), JUSPAY_PROFILE: 'smoke', ...more });
  mkdirSync(join(folder, 'recordings'));
  expect(await night(good.url, { JUSPAY_RECORD: 'recordings/sandbox.har' })).toMatchObject({ code: 0 });
  expect(await bash(keep.run ?? '', folder, {})).toMatchObject({ code: 0 });
  const second = await night(wrong.url);
  expect(second.code).toBe(1);
  expect(readFileSync(join(folder, 'reports/out/comparison.txt'), 'utf8')).toContain('RS-2');

  const replay = stepOf('pipelines/github/conformance.yml', 'recording', /Judge what the sandbox answered/);
  const replayed = await bash(replay.run ?? '', folder, {});
  expect(replayed).toMatchObject({ code: 0, stdout: expect.stringContaining('"target":"replay"') });

  const gitlab = parse(texts.get('pipelines/gitlab/conformance.gitlab-ci.yml') ?? '') as Record<
    string,
    { readonly variables: Readonly<Record<string, string>>; readonly script: readonly string[] }
  >;
  const { variables = {}, script = [] } = gitlab['.juspay-conformance'] ?? {};
  const job = { ...variables, GITLAB_CI: 'true', JUSPAY_TARGET: 'replay', JUSPAY_RECORDING: 'recordings/sandbox.har' };
  expect(await bash(script.join('\n'), folder, job)).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, 'reports/out/junit.xml'), 'utf8')).toContain('<testsuite');
});

test('a client’s own tests reach the mock, which stops when they end', async () => {
  const free = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => free.once('listening', resolve));
  const address = free.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await new Promise((resolve) => free.close(resolve));
  const { run = '' } = stepOf('pipelines/github/conformance.yml', 'client', /Test your own client/);
  const folder = newFolder();
  const { code, stdout } = await bash(run.replaceAll('4010', String(port)), folder, { RUNNER_TEMP: folder });
  expect([code, stdout]).toEqual([0, expect.stringContaining('client saw 401')]);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
});
