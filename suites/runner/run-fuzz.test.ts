import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newFolder } from '../fixtures/new-folder.ts';
import type { FaultName } from '../fixtures/reference-deviations.ts';
import { startReferenceServer } from '../fixtures/reference-server.ts';
import { RUN_VARIABLES } from '../fixtures/run-variables.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';
import type { ConformanceRun } from './conformance-run.ts';
import { openConformanceRun, RunRefused } from './open-conformance-run.ts';
import { refusals } from './vitest-adapter.ts';

/** Number of runs; each takes some tens of milliseconds. For a longer search: FUZZ_RUNS=2000. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 12);

/** Few cases, and the faults that break their claims. */
const CLAIMS = ['RQ-2', 'RS-2', 'RS-3', 'GC-1'];
const FAULTS = [undefined, 'id-as-number', 'object-misspelt'] as const satisfies readonly (FaultName | undefined)[];

/** Events during a run. */
const EVENT = fc.constantFrom('nothing', 'second run', 'signal', 'limit', 'lost case', 'defect');

const FLAGS = [
  { bail: 1 },
  { shard: { index: 1, count: 2 } },
  { mergeReports: 'x' },
  { outputFile: 'out.json' },
] as const;

const SCENARIO = fc.record({
  fault: fc.constantFrom(...FAULTS),
  event: EVENT,
  /** How many cases are judged before it. */
  after: fc.nat({ max: 12 }),
  env: fc.array(fc.constantFrom(...RUN_VARIABLES), { maxLength: 3 }).map((pairs) => Object.fromEntries(pairs)),
  flags: fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, fc.constantFrom(...FLAGS)),
});
type Scenario = typeof SCENARIO extends fc.Arbitrary<infer T> ? T : never;

const silent = { stdout: { write: () => {} }, stderr: { write: () => {} } };

/** Runs it. @returns the outcome, and what the server saw */
async function play({ fault, event, after, env, flags }: Scenario) {
  const server = await startReferenceServer(fault === undefined ? {} : { fault });
  const folder = newFolder();
  const told = { ...liveVariables(server.url), ...env, JUSPAY_REPORT_DIR: folder };
  const config = { reporters: [], typecheck: {}, browser: {}, coverage: {}, ...flags };
  const refused = refusals({ config, mode: 'test' } as never, folder);
  let run: ConformanceRun | undefined;
  try {
    run = await openConformanceRun(told, silent, { select: { claims: CLAIMS }, refused });
    const first = run.cases.slice(0, after);
    const results = await Promise.all(first.map((testCase) => run?.judge(testCase)));
    let second: number | undefined;
    if (event === 'second run') {
      second = await openConformanceRun(told, silent).then(
        () => 0,
        (thrown: unknown) => (thrown instanceof RunRefused ? thrown.exitCode : Number.NaN),
      );
    }
    if (event === 'limit') run.stop('enough');
    const rest = run.cases.slice(after, event === 'lost case' ? -1 : undefined);
    if (event !== 'signal') results.push(...(await Promise.all(rest.map((testCase) => run?.judge(testCase)))));
    const end = event === 'defect' ? { defects: ['made up'] } : { lost: run.cases.map(({ id }) => id) };
    const outcome = event === 'signal' ? run.breakOff('signal') : await run.end(end);
    const isBroken = results.some((result) => result?.verdict === 'fail');
    const isWhole =
      results.length === run.cases.length && results.every((one) => one?.stopped !== true && one?.verdict !== 'error');
    return { outcome, folder, second, isBroken, isWhole, requests: server.requests, exitCode: outcome.exitCode };
  } catch (thrown) {
    if (!(thrown instanceof RunRefused)) throw thrown;
    return { outcome: undefined, folder, requests: server.requests, exitCode: thrown.exitCode };
  } finally {
    run?.breakOff('signal');
    await server.close();
  }
}

test(
  'exit code, limits and reports match what the server did, whatever happens to a run',
  async () => {
    await fc.assert(
      fc.asyncProperty(SCENARIO, async (scenario) => {
        const played = await play(scenario);
        const verdict = JSON.parse(readFileSync(join(played.folder, 'verdict.json'), 'utf8')) as { exitCode: number };
        const report = JSON.parse(readFileSync(join(played.folder, 'report.json'), 'utf8')) as {
          counts: { total: number };
        };
        const { total, ...counts } = report.counts as Record<string, number>;
        expect(verdict.exitCode).toBe(played.exitCode);
        expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(total);
        expect(played.requests).toBeLessThanOrEqual(Number(scenario.env['JUSPAY_MAX_REQUESTS'] ?? 2000) || 0);
        if (played.outcome === undefined) {
          // Refused, because of its settings or the preflight.
          expect(played.exitCode).toBe(2);
          expect(played.requests).toBeLessThanOrEqual(2);
          return;
        }
        const { isBroken, isWhole, second } = played;
        const conforms = isWhole && scenario.event !== 'defect' && scenario.event !== 'signal';
        expect(played.exitCode).toBe(isBroken ? 1 : conforms ? 0 : 2);
        if (scenario.event === 'second run') expect(second).toBe(2);
        if (scenario.fault === undefined) expect(isBroken).toBe(false);
      }),
      { numRuns: RUNS, ...(process.env['FUZZ_SEED'] === undefined ? {} : { seed: Number(process.env['FUZZ_SEED']) }) },
    );
  },
  RUNS * 10_000,
);
