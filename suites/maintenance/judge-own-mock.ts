import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../fixtures/bare-environment.ts';

/** `npm run test:conformance`: the suites against the mock, even if .env or the shell configures a live server. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const args = ['suites/runner/start.mjs'];
const { status } = spawnSync(process.execPath, args, { cwd: ROOT, env: bareEnvironment(), stdio: 'inherit' });
process.exitCode = status ?? 2;
