import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../fixtures/bare-environment.ts';

/**
 * `npm run bench`: wall time of a whole conformance run against the mock, as a multiple of `vitest run` with one empty test. The
 * two alternate, so that a busy machine slows both; medians are compared.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');
const TURNS = 9;

const empty = join(ROOT, 'reports/out/empty-test');
mkdirSync(empty, { recursive: true });
writeFileSync(join(empty, 'empty.test.ts'), "import { test } from 'vitest';\n\ntest('empty', () => {});\n");
writeFileSync(join(empty, 'vitest.config.ts'), 'export default {};\n');

/** Times a vitest run. @returns milliseconds @throws Error if the run fails, because failing early would look fast */
function time(args: readonly string[], cwd: string): number {
  const started = performance.now();
  const env = bareEnvironment();
  const { status, stderr } = spawnSync(process.execPath, [VITEST, 'run', ...args], { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`vitest run ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - started;
}

const timeRun = () => time(['--mode=conformance'], ROOT);

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

// Fill the caches.
timeRun();
const turns = Array.from({ length: TURNS }, () => ({ run: timeRun(), idle: time([], empty) }));
const run = median(turns.map((turn) => turn.run));
const idle = median(turns.map((turn) => turn.idle));
console.log(
  `medians of ${TURNS}: conformance run against the mock ${run.toFixed(0)} ms, empty test ${idle.toFixed(0)} ms, ` +
    `ratio ${(run / idle).toFixed(2)} (target: at most 2)`,
);
