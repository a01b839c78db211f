import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../fixtures/bare-environment.ts';

/**
 * `npm run bench`: wall time of a whole conformance run against the mock, as a multiple of `vitest run` with one empty test;
 * for a usual run, and for the first one after an install, without caches. Runs alternate with the empty test, so that a busy
 * machine slows both; medians are compared. First runs are measured separately, because they clear the caches.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');
const CACHE = join(ROOT, 'node_modules/.cache');
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

function timeEmpty(): number {
  return time([], empty);
}

function timeRun(): number {
  return time(['--mode=conformance'], ROOT);
}

/** As right after `npm ci`. */
function timeFirstRun(): number {
  rmSync(CACHE, { recursive: true, force: true });
  return timeRun();
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Alternates with the empty test. @returns a line of the table */
function compare(what: string, measure: () => number): string {
  const turns = Array.from({ length: TURNS }, () => ({ one: timeEmpty(), other: measure() }));
  const one = median(turns.map((turn) => turn.one));
  const other = median(turns.map((turn) => turn.other));
  return `${what.padEnd(36)}${ms(other)}${ms(one)}   ${(other / one).toFixed(2)}`;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`.padStart(10);
}

// Fill the caches.
timeRun();
const usual = compare('conformance run, the mock', timeRun);
const first = compare('the first one after npm ci', timeFirstRun);
process.stdout.write(
  `${`medians of ${TURNS}`.padEnd(36)}${'run'.padStart(10)}${'empty'.padStart(10)}   ratio\n` +
    `${usual} (target: at most 2)\n${first}\n`,
);
