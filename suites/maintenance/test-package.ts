import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../fixtures/new-folder.ts';
import { emptyProject, PACKAGE_CHECKS, type Project, packTarball, tryCheck } from '../fixtures/package-project.ts';

/**
 * `npm run test:package`: the checks of package.process.test.ts with every supported version of Node.js, msw and vitest, with
 * jest, and with other package managers. Installs them all from the registry, which takes minutes: run it before a release.
 */
const NODES = ['20.19', '22', '24', '26'];
const PAIRS = [
  // The first versions of vitest 4.0 do not run on later versions of vite.
  { msw: '2.0.0', vitest: '~4.0', vite: '7' },
  { msw: '2', vitest: '4', vite: '8' },
  { msw: '3', vitest: '5', vite: '8' },
];
/** msw 3 and vitest 5 require Node.js 22.12. */
const fits = (node: string, msw: string) => !(node.startsWith('20') && msw === '3');

const JEST = `import { customerHandlers } from 'juspay-customer-conformance/mock';
import { setupServer } from 'msw/node';
const server = setupServer(...customerHandlers());
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
test('creates a customer', async () => {
  const headers = { authorization: 'Basic ' + btoa('your_api_key:'), 'x-merchantid': 'merchant_id' };
  const body = new URLSearchParams({ object_reference_id: 'customer-1', mobile_number: '9988776655' });
  const answer = await fetch('https://api.juspay.in/v2/customers', { method: 'POST', headers, body });
  expect(await answer.json()).toMatchObject({ object: 'customer' });
});
`;

const problems: string[] = [];
const folder = newFolder();
const tarball = await packTarball(folder);

function log(what: string, problem: string | undefined): void {
  console.log(`${problem === undefined ? 'ok  ' : 'FAIL'} ${what}`);
  if (problem !== undefined) problems.push(`${what}: ${problem}`);
}

async function inProject(use: (project: Project) => Promise<void>): Promise<void> {
  const project = emptyProject();
  try {
    await use(project);
  } finally {
    // A hundred megabytes each.
    rmSync(project.folder, { recursive: true });
  }
}

const tools = emptyProject();
const nodes = new Map<string, string>();
for (const version of NODES) {
  await tools.install([`node-${version}@npm:node-linux-${process.arch}@${version}`]);
  nodes.set(version, join(tools.folder, `node_modules/node-${version}/bin/node`));
}

for (const { msw, vitest, vite } of PAIRS) {
  await inProject(async (project) => {
    await project.install([tarball, `msw@${msw}`, `vitest@${vitest}`, `vite@${vite}`]);
    for (const [version, node] of nodes) {
      if (!fits(version, msw)) continue;
      for (const check of PACKAGE_CHECKS) {
        log(`Node.js ${version}, msw ${msw}, vitest ${vitest}: ${check.name}`, await tryCheck(project, check, node));
      }
    }
  });
}

await inProject(async (project) => {
  await project.install([tarball, 'msw@2', 'jest@30', 'jest-fixed-jsdom@0', 'jest-environment-jsdom@30']);
  for (const [version, node] of nodes) {
    for (const environment of ['node', 'jest-fixed-jsdom']) {
      const args = [
        '--experimental-vm-modules',
        'node_modules/jest/bin/jest.js',
        '--json',
        '--testEnvironment',
        environment,
      ];
      const check = {
        name: 'jest',
        files: { 'jest.test.js': JEST },
        args,
        prints: /"numPassedTests":1\b/,
      } as const;
      log(`Node.js ${version}, jest as ES modules in ${environment}`, await tryCheck(project, check, node));
    }
  }
});

const [command] = PACKAGE_CHECKS;
for (const client of [
  ['pnpm', 'add', '--save-dev'],
  ['yarn', 'add', '--dev', '--silent'],
]) {
  await inProject(async (project) => {
    await tools.install([`${client[0]}@latest`]);
    const path = join(tools.folder, 'node_modules/.bin', String(client[0]));
    await project.install([tarball], [path, ...client.slice(1)]);
    if (command !== undefined) log(`installed by ${client[0]}`, await tryCheck(project, command));
  });
}

// The clone itself: pnpm reads from pnpm-workspace.yaml which install scripts may run.
await inProject(async (project) => {
  for (const name of ['package.json', 'pnpm-workspace.yaml']) project.write(name, readFileSync(name, 'utf8'));
  const pnpm = join(tools.folder, 'node_modules/.bin/pnpm');
  const installed = project.install([], [pnpm, 'install', '--no-frozen-lockfile']);
  log('the clone, installed by pnpm', await installed.then(() => undefined, String));
});

console.log(problems.length === 0 ? 'The package works with all of them.' : `\n${problems.join('\n\n')}`);
process.exitCode = problems.length === 0 ? 0 : 1;
