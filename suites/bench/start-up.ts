import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../fixtures/bare-environment.ts';

/**
 * `npm run bench`: the wall time of a whole conformance run against the mock, as a multiple of what `vitest run` takes for
 * one empty test; of a run like any other, and of the first one after an install, which keeps nothing from an earlier one.
 * Each is run in turn with the empty test, so that a busy machine slows both; the medians are compared. The first runs have
 * turns of their own: they empty the caches that the others rest on.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');
const CACHE = join(ROOT, 'node_modules/.cache');
const TURNS = 9;

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

function timeEmpty(): number {
  return time([], empty);
}

function timeRun(): number {
  return time(['--mode=conformance'], ROOT);
}

/** As on a machine that has run `npm ci` and nothing since. */
function timeFirstRun(): number {
  rmSync(CACHE, { recursive: true, force: true });
  return timeRun();
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Measures in turns with the empty test. @returns a line of the table */
function compare(what: string, measure: () => number): string {
  const turns = Array.from({ length: TURNS }, () => ({ one: timeEmpty(), other: measure() }));
  const one = median(turns.map((turn) => turn.one));
  const other = median(turns.map((turn) => turn.other));
  return `${what.padEnd(36)}${ms(other)}${ms(one)}   ${(other / one).toFixed(2)}`;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`.padStart(10);
}

// Fills the caches.
timeRun();
const usual = compare('conformance run, the mock', timeRun);
const first = compare('the first one after npm ci', timeFirstRun);
process.stdout.write(
  `${`medians of ${TURNS}`.padEnd(36)}${'run'.padStart(10)}${'empty'.padStart(10)}   ratio\n` +
    `${usual} (at most 2 is wanted)\n${first}\n`,
);
