import type { Report } from '../../reports/report.ts';
import { loadHeavyViews } from '../../reports/views/write.ts';
import { SetupError } from '../../spec/setup-error.ts';
import { allCases } from '../cases/all.ts';
import { type CaseResult, reasonInWords } from '../judge/result.ts';
import { loadEnvironment } from '../settings/environment.ts';
import type { ConformanceRun, RunEnd } from './conformance-run.ts';
import { openConformanceRun, RunRefused } from './open-conformance-run.ts';
import { ownProcess, processIo, type RunProcess } from './run-process.ts';

/** What a test shows. */
export interface Shown {
  readonly skip?: string;
  readonly failure?: { readonly name: 'BrokenClaim' | 'CouldNotJudge'; readonly message: string };
}

/** A run as vitest shows it. */
export type VitestRun = Awaited<ReturnType<typeof beginVitestRun>>;

let owned: RunProcess | undefined;

/**
 * Starts a run; the process ends if it is refused.
 * @param refused unsupported options of vitest, one sentence each
 */
export async function beginVitestRun(refused: readonly string[]) {
  owned ??= ownProcess();
  makeStacksSafe();
  const unread = whyUnread();
  try {
    const run = await openConformanceRun(process.env, processIo(), { refused: [...refused, ...unread] });
    owned.run = run;
    // An error will show at the end.
    loadHeavyViews().catch(() => {});
    return {
      /** Without the host, so that test names do not change between runs. */
      target: inWords(run.target),
      ids: run.cases.map(({ id }) => id),
      /** Judges a case; skips one that is not selected. */
      async show(id: string): Promise<Shown> {
        // Also one that is not selected: the run says so.
        const testCase = allCases.find((one) => one.id === id);
        return testCase === undefined ? {} : shownAs(await run.judge(testCase), run);
      },
      leaveOut: (ids: Iterable<string>) => run.leaveOut(ids),
      end: (how: RunEnd) => run.end(how),
    };
  } catch (thrown) {
    if (!(thrown instanceof RunRefused)) throw thrown;
    process.stderr.write(`${thrown.message}\n`);
    owned.exitCode = thrown.exitCode;
    process.exit();
  }
}

/** Why .env cannot be read. The run itself refuses then, so that an older report is not taken for this run's. */
function whyUnread(): readonly string[] {
  try {
    loadEnvironment();
    return [];
  } catch (thrown) {
    if (!(thrown instanceof SetupError)) throw thrown;
    return [thrown.message];
  }
}

function shownAs(result: CaseResult, run: ConformanceRun): Shown {
  const { verdict } = result;
  if (verdict === 'not-run' || verdict === 'waived') return { skip: reasonInWords(result) };
  if (verdict === 'error') return { failure: { name: 'CouldNotJudge', message: reasonInWords(result) } };
  if (verdict !== 'fail') return {};
  return { failure: { name: 'BrokenClaim', message: run.explain(result) } };
}

function inWords({ kind, recording }: Report['target']): string {
  return recording === undefined ? kind : `replay of ${recording.recorded.slice(0, 10)}`;
}

type Prepare = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/**
 * Makes `error.stack` safe to read in vitest's main process. With `fsModuleCache`, vitest 4.1 passes bytes instead of text to
 * its source-map lookup, so that reading a stack throws, which Node.js itself does when a connection breaks. Without the
 * map a stack still has the file, and the line in the transformed code.
 */
function makeStacksSafe(): void {
  const mapped: Prepare | undefined = Error.prepareStackTrace;
  if (mapped === undefined) return;
  Error.prepareStackTrace = (error, frames): unknown => {
    try {
      return mapped(error, frames);
    } catch {
      return [`${error.name}: ${error.message}`, ...frames.map((frame) => `    at ${String(frame)}`)].join('\n');
    }
  };
}
