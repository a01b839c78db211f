import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { CHROMIUM, runInBrowser } from '../fixtures/browser.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import {
  emptyProject,
  INSTALLED,
  PACKAGE_CHECKS,
  type Project,
  packTarball,
  snippet,
  tryCheck,
} from '../fixtures/package-project.ts';
import { ALL_FAULTS } from '../mock/faults/all.ts';
import { MISBEHAVIOURS } from '../mock/misbehaviour/misbehaviours.ts';

// Packs, installs and starts a browser.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const MOCK_ENTRY = `${INSTALLED}/dist/mock.js`;
const bin = (path: string) => join(ROOT, 'node_modules', path);

const folder = newFolder();
let tarball: string;
/** The installed package in another project, which borrows this clone's msw and vitest. */
let project: Project;

beforeAll(async () => {
  tarball = await packTarball(folder);
  project = emptyProject();
  await project.install([tarball]);
});

test('npm installs one package, of at most 5 MB', () => {
  const installed = readdirSync(join(project.folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  expect(installed).toEqual(['juspay-customer-conformance']);
  const sizes = readdirSync(join(project.folder, INSTALLED), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(5_000_000);
});

test('publint and @arethetypeswrong/cli find nothing', async () => {
  const attw = [bin('@arethetypeswrong/cli/dist/index.js'), tarball, '--profile', 'node16'];
  // Only the handlers are CommonJS as well as ES modules; below, they are used as both.
  const rules = ['--ignore-rules', 'cjs-resolves-to-esm'];
  await Promise.all([
    run(process.execPath, [bin('publint/src/cli.js'), 'run', tarball, '--strict']),
    run(process.execPath, [...attw, ...rules]),
  ]);
});

test('npx finds its command, which judges the mock and writes into the project', async () => {
  project.write('.env', 'JUSPAY_PROFILE=smoke\n');
  const { stdout } = await run('npm', ['exec', '--no', '--', 'juspay-conformance'], { cwd: project.folder });
  expect(stdout).toMatch(/"verdict":"conforms"/);
  const report = JSON.parse(project.read('reports/out/report.json')) as Record<string, unknown>;
  expect(report).toMatchObject({ verdict: 'conforms', run: { profile: 'smoke' } });
});

describe('with msw and vitest of this clone', () => {
  beforeAll(() => {
    project.lend('msw');
    project.lend('vitest');
  });

  test.each(PACKAGE_CHECKS)('$name', async (check) => {
    expect(await tryCheck(project, check)).toBeUndefined();
  });

  test('a check fails if the package behaves differently', async () => {
    const handlers = snippet('suites/mock/README.md', 'msw/node').replace('status-503*1', 'status-503*2');
    const check = {
      name: 'other',
      files: { 'other.js': handlers },
      args: ['other.js'],
      prints: /^$/,
    } as const;
    expect(await tryCheck(project, check)).toContain('AssertionError');
  });

  test.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('its types are correct: module %s, resolution %s', async (module, moduleResolution) => {
    project.write(
      `${module}/types.ts`,
      `import type { RequestHandler } from 'msw';
import { openRun, type Report } from 'juspay-customer-conformance';
import { countingIds, customerHandlers, type CustomerHandlersOptions } from 'juspay-customer-conformance/mock';
import { conformance } from 'juspay-customer-conformance/vitest';
conformance({ select: { claims: ['RQ-7'] } });
const options: CustomerHandlersOptions = { key: 'k', ids: countingIds(), mockOptions: { laterCall: 'update' } };
export const handlers: RequestHandler[] = customerHandlers(options);
export const verdict = async (): Promise<Report['verdict']> => (await (await openRun()).end()).report.verdict;
// @ts-expect-error no such value
customerHandlers({ mockOptions: { laterCall: 'perhaps' } });
// @ts-expect-error no such option
customerHandlers({ kee: 'k' });
// @ts-expect-error no such option
conformance({ claims: ['RQ-7'] });
`,
    );
    const compilerOptions = { strict: true, noEmit: true, target: 'es2023', module, moduleResolution, types: [] };
    project.write(
      `${module}/tsconfig.json`,
      JSON.stringify({ compilerOptions: { ...compilerOptions, lib: ['es2023', 'dom'] }, files: ['types.ts'] }),
    );
    const compiled = run(process.execPath, [bin('typescript/bin/tsc'), '-p', join(project.folder, module)]);
    await compiled.catch(({ stdout }: { readonly stdout: string }) => expect(stdout).toBe(''));
  });
});

describe('in a browser', () => {
  beforeAll(() => {
    if (!existsSync(join(project.folder, 'node_modules/msw'))) project.lend('msw');
  });

  test('neither the handlers nor their dependencies import a Node.js module', async () => {
    const { metafile } = await build({
      absWorkingDir: project.folder,
      entryPoints: [MOCK_ENTRY],
      bundle: true,
      platform: 'browser',
      format: 'esm',
      write: false,
      metafile: true,
    });
    const inputs = Object.entries(metafile.inputs);
    const own = inputs.filter(([path]) => path.includes('juspay-customer-conformance/'));
    expect(own.map(([path]) => path)).toEqual([MOCK_ENTRY]);
    expect(own[0]?.[1].imports.filter(({ external }) => external)).toEqual([]);
    expect(inputs.filter(([path]) => /^node:/.test(path))).toEqual([]);
    expect(readFileSync(join(project.folder, MOCK_ENTRY), 'utf8')).not.toMatch(/["']node:/);
  });

  const names = [...MISBEHAVIOURS, ...ALL_FAULTS].map(({ name }) => name);

  test.skipIf(CHROMIUM === undefined)(
    `it runs in Chromium when built by vite, with every fault${CHROMIUM === undefined ? ' (skipped: no Chromium)' : ''}`,
    async () => {
      const page = `${snippet('suites/mock/README.md', 'msw/browser')}
const call = (reference, token) => fetch('https://sandbox.juspay.in/v2/customers', {
  method: 'POST',
  headers: { authorization: 'Basic ' + btoa('your_api_key:'), 'x-merchantid': 'merchant_id' },
  body: new URLSearchParams({ object_reference_id: reference, mobile_number: '9988776655', ...token }),
});
const results = { first: await (await call('customer-1', { 'options.get_client_auth_token': 'true' })).json() };
results.again = await (await call('customer-1')).json();
results.refused = (await call('seven77')).status;
results.faults = {};
for (const fault of ${JSON.stringify(names)}) {
  worker.resetHandlers(...customerHandlers({ fault: fault === 'delay' ? 'delay=1' : fault }));
  results.faults[fault] = await call('customer-2').then(async (answer) => answer.status + ' ' + await answer.text(), () => 'reset');
}
window.told = results;
`;
      const results = await runInBrowser(project.write('page.js', page), project.folder);
      expect(results).toMatchObject({
        first: { id: expect.stringMatching(/^cst_/), juspay: { client_auth_token: expect.stringMatching(/^tkn_/) } },
        again: { object_reference_id: 'customer-1' },
        refused: 400,
        faults: { delay: expect.stringMatching(/^200 /), 'status-503': expect.stringMatching(/^503 /) },
      });
      const { first, again, faults } = results as Record<string, Record<string, string>>;
      expect(again?.['id']).toBe(first?.['id']);
      const broken = Object.entries(faults ?? {}).filter(([name, text]) => /^500/.test(text) && name !== 'status-500');
      expect(broken).toEqual([]);
      expect([faults?.['connection-reset'], faults?.['answer-lost']]).toEqual(['reset', 'reset']);
      expect(Object.keys(faults ?? {})).toEqual(names);
    },
  );
});
