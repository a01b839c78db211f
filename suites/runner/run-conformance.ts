import { loadHeavyViews } from '../../reports/views/write.ts';
import type { Environment } from '../settings/values.ts';
import { openConformanceRun, type RunOptions, RunRefused } from './open-conformance-run.ts';
import type { RunIo } from './run-io.ts';
import type { RunProcess } from './run-process.ts';

/**
 * Judges every selected case and ends the run, without vitest.
 * @param owned breaks off the run if the process exits early
 * @returns the exit code
 */
export async function runConformance(
  env: Environment,
  io: RunIo,
  options: RunOptions = {},
  owned?: RunProcess,
): Promise<number> {
  try {
    const run = await openConformanceRun(env, io, options);
    if (owned !== undefined) owned.run = run;
    const judging = Promise.all(run.cases.map((testCase) => run.judge(testCase)));
    // An error will show at the end.
    loadHeavyViews().catch(() => {});
    await judging;
    return (await run.end()).exitCode;
  } catch (thrown) {
    if (!(thrown instanceof RunRefused)) throw thrown;
    io.stderr.write(`${thrown.message}\n`);
    if (owned !== undefined) owned.exitCode = thrown.exitCode;
    return thrown.exitCode;
  }
}
