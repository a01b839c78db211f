import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CHROMIUM, runInBrowser } from '../fixtures/browser.ts';
import { ALL_FAULTS } from './faults/all.ts';
import { MISBEHAVIOURS } from './misbehaviour/misbehaviours.ts';

// Packs, installs and starts a browser.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const README = readFileSync(new URL('README.md', import.meta.url), 'utf8');
const ENTRY = 'node_modules/juspay-customer-conformance/dist/mock.js';

/** An empty project with the package in it, as a stranger makes one. */
let project: string;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'mock-package-'));
  const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', project], { cwd: ROOT });
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [{ readonly filename: string }];
  write('package.json', JSON.stringify({ name: 'stranger', private: true, type: 'module' }));
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/msw/package.json'), 'utf8')) as {
    version: string;
  };
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  await run('npm', ['install', ...quiet, `msw@${version}`, `./${packed.filename}`], { cwd: project });
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = join(project, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function snippet(kind: 'node' | 'browser'): string {
  const [, code] = new RegExp(`\`\`\`js ${kind}\n(.*?)\`\`\``, 's').exec(README) ?? [];
  if (code === undefined) throw new Error(`the README has no snippet for ${kind}`);
  return code;
}

describe('installed from its tarball into an empty project', () => {
  test('the README’s snippet for Node runs', async () => {
    await run(process.execPath, [write('example.js', snippet('node'))], { cwd: project });
  });

  test('and fails where the mock answers otherwise', async () => {
    const other = snippet('node').replace('status-503*1', 'status-503*2');
    await expect(run(process.execPath, [write('other.js', other)], { cwd: project })).rejects.toThrow(/AssertionError/);
  });

  test('its types are those of the sources', async () => {
    write(
      'types.ts',
      `import type { RequestHandler } from 'msw';
import { countingIds, customerHandlers, type CustomerHandlersOptions } from 'juspay-customer-conformance/mock';
const options: CustomerHandlersOptions = { key: 'k', ids: countingIds(), mockOptions: { laterCall: 'update' } };
export const handlers: RequestHandler[] = customerHandlers(options);
// @ts-expect-error no such value
customerHandlers({ mockOptions: { laterCall: 'perhaps' } });
// @ts-expect-error no such option
customerHandlers({ kee: 'k' });
`,
    );
    const strict = { strict: true, noEmit: true, target: 'es2023', module: 'nodenext', skipLibCheck: true, types: [] };
    write(
      'tsconfig.json',
      JSON.stringify({ compilerOptions: { ...strict, lib: ['es2023', 'dom'] }, files: ['types.ts'] }),
    );
    await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', project]);
  });

  test('it brings none of what only the suite needs', () => {
    for (const name of ['vitest', 'tsx', 'yaml', '@apidevtools/swagger-parser']) {
      expect(existsSync(join(project, 'node_modules', name)), name).toBe(false);
    }
  });
});

describe('on the way into a browser', () => {
  test('nothing of Node is imported, by the handlers or by what they import', async () => {
    const { metafile } = await build({
      absWorkingDir: project,
      entryPoints: [ENTRY],
      bundle: true,
      platform: 'browser',
      format: 'esm',
      write: false,
      metafile: true,
    });
    const inputs = Object.entries(metafile.inputs);
    const own = inputs.filter(([path]) => path.includes('juspay-customer-conformance/'));
    expect(own.map(([path]) => path)).toEqual([ENTRY]);
    expect(own[0]?.[1].imports.filter(({ external }) => external)).toEqual([]);
    expect(inputs.filter(([path]) => /^node:/.test(path))).toEqual([]);
    expect(readFileSync(join(project, ENTRY), 'utf8')).not.toMatch(/["']node:/);
  });

  const names = [...MISBEHAVIOURS, ...ALL_FAULTS].map(({ name }) => name);

  test.skipIf(CHROMIUM === undefined)(
    CHROMIUM === undefined
      ? 'it runs in Chromium (skipped: no chromium on this machine)'
      : 'it runs in Chromium, with every fault',
    async () => {
      const page = `${snippet('browser')}
const call = (reference, token) => fetch('https://sandbox.juspay.in/v2/customers', {
  method: 'POST',
  headers: { authorization: 'Basic ' + btoa('your_api_key:'), 'x-merchantid': 'merchant_id' },
  body: new URLSearchParams({ object_reference_id: reference, mobile_number: '9988776655', ...token }),
});
const told = { first: await (await call('customer-1', { 'options.get_client_auth_token': 'true' })).json() };
told.again = await (await call('customer-1')).json();
told.refused = (await call('seven77')).status;
told.faults = {};
for (const fault of ${JSON.stringify(names)}) {
  worker.resetHandlers(...customerHandlers({ fault: fault === 'delay' ? 'delay=1' : fault }));
  told.faults[fault] = await call('customer-2').then(async (answer) => answer.status + ' ' + await answer.text(), () => 'reset');
}
window.told = told;
`;
      const told = await runInBrowser(write('page.js', page), project);
      expect(told).toMatchObject({
        first: { id: expect.stringMatching(/^cst_/), juspay: { client_auth_token: expect.stringMatching(/^tkn_/) } },
        again: { object_reference_id: 'customer-1' },
        refused: 400,
        faults: { delay: expect.stringMatching(/^200 /), 'status-503': expect.stringMatching(/^503 /) },
      });
      const { first, again, faults } = told as Record<string, Record<string, string>>;
      expect(again?.['id']).toBe(first?.['id']);
      const broken = Object.entries(faults ?? {}).filter(([name, text]) => /^500/.test(text) && name !== 'status-500');
      expect(broken).toEqual([]);
      expect([faults?.['connection-reset'], faults?.['answer-lost']]).toEqual(['reset', 'reset']);
      expect(Object.keys(faults ?? {})).toEqual(names);
    },
  );
});
