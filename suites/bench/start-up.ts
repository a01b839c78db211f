import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm run bench`: the wall time of a whole conformance run against the mock, as a multiple of what `vitest run` takes for
 * one empty test. Both are run in turn, so that a busy machine slows both; the medians are compared.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');
const TURNS = 9;

const empty = join(ROOT, 'reports/out/empty-test');
mkdirSync(empty, { recursive: true });
writeFileSync(join(empty, 'empty.test.ts'), "import { test } from 'vitest';\n\ntest('empty', () => {});\n");
writeFileSync(join(empty, 'vitest.config.ts'), 'export default {};\n');

/** Runs vitest and measures. @returns milliseconds @throws Error where the run fails: a failed run is not a fast one */
function time(args: readonly string[], cwd: string): number {
  const started = performance.now();
  const env = { ...process.env, DOTENV_CONFIG_PATH: '/dev/null', JUSPAY_TARGET: 'mock' };
  const { status, stderr } = spawnSync(process.execPath, [VITEST, 'run', ...args], { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`vitest run ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const turns = Array.from({ length: TURNS + 1 }, () => ({
  one: time([], empty),
  whole: time(['--reporter=./reports/vitest-reporter.ts'], ROOT),
})).slice(1); // The first turn fills the caches.
const one = median(turns.map((turn) => turn.one));
const whole = median(turns.map((turn) => turn.whole));
process.stdout.write(
  `vitest run, one empty test   ${one.toFixed(0)} ms (median of ${TURNS})\n` +
    `conformance run, the mock    ${whole.toFixed(0)} ms (median of ${TURNS})\n` +
    `ratio                        ${(whole / one).toFixed(2)} (at most 2 is wanted)\n`,
);
