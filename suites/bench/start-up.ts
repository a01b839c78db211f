import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../fixtures/bare-environment.ts';

/**
 * `npm run bench`: the wall time of a whole conformance run against the mock, as a multiple of what `vitest run` takes for
 * one empty test; of a run like any other, and of the first one after an install, which keeps nothing from an earlier one.
 * The three are run in turn, so that a busy machine slows each of them; the medians are compared.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');
const CACHE = join(ROOT, 'node_modules/.cache');
const TURNS = 9;
const CONFORMANCE = ['--mode=conformance'];

const empty = join(ROOT, 'reports/out/empty-test');
mkdirSync(empty, { recursive: true });
writeFileSync(join(empty, 'empty.test.ts'), "import { test } from 'vitest';\n\ntest('empty', () => {});\n");
writeFileSync(join(empty, 'vitest.config.ts'), 'export default {};\n');

/** Runs vitest and measures. @returns milliseconds @throws Error where the run fails: a failed run is not a fast one */
function time(args: readonly string[], cwd: string): number {
  const started = performance.now();
  const env = bareEnvironment();
  const { status, stderr } = spawnSync(process.execPath, [VITEST, 'run', ...args], { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`vitest run ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - started;
}

/** As on a machine that has run `npm ci` and nothing since. */
function timeFirst(): number {
  rmSync(CACHE, { recursive: true, force: true });
  return time(CONFORMANCE, ROOT);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const turns = Array.from({ length: TURNS }, () => ({
  one: time([], empty),
  first: timeFirst(),
  whole: time(CONFORMANCE, ROOT),
}));
const one = median(turns.map((turn) => turn.one));
const line = (what: string, ms: number, more: string) =>
  `${what.padEnd(40)}${ms.toFixed(0).padStart(6)} ms   ${(ms / one).toFixed(2)}${more}\n`;
process.stdout.write(
  `median of ${TURNS}, and its ratio to that of one empty test\n` +
    line('vitest run, one empty test', one, '') +
    line('conformance run, the mock', median(turns.map((turn) => turn.whole)), ' (at most 2 is wanted)') +
    line('the same, the first one after npm ci', median(turns.map((turn) => turn.first)), ''),
);
