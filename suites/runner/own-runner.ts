import type { Report } from '../../reports/report.ts';
import { SetupError } from '../../spec/setup-error.ts';
import { allCases } from '../cases/all.ts';
import type { CaseResult } from '../judge/result.ts';
import { loadEnvironment } from '../settings/environment.ts';
import type { Environment } from '../settings/values.ts';
import { openConformanceRun } from './open-conformance-run.ts';
import { processIo } from './run-process.ts';
import type { Selection } from './selection.ts';

export type { CaseResult, Report, Selection };

/** Options of a run. */
export interface OwnRunOptions {
  /** JUSPAY_* variables; default: those of this process and of a .env file. */
  readonly env?: Environment;
  /** The cases to judge; default: all. */
  readonly select?: Selection;
  /** Receives the command's output; default: no output. */
  readonly print?: (text: string) => void;
}

/** One run of the suite in your own test runner. */
export interface OwnRun {
  /** The cases to judge, in order. */
  readonly cases: readonly { readonly id: string; readonly claim: string; readonly title: string }[];
  /** Judges a case, once even if called repeatedly. Never throws because of the server. */
  judge(id: string): Promise<CaseResult>;
  /** Explains a failed case: the claim, what was expected, what came back, and how to reproduce it. */
  explain(result: CaseResult): string;
  /** Writes the reports. Cases that were never requested count as not selected. */
  end(): Promise<{ readonly report: Report; readonly exitCode: number }>;
}

/**
 * Starts a run: reads the settings, locks the report folder, and checks a live server by the preflight.
 * @throws Error that starts with the verdict if the run cannot start; its reports say so too
 */
export async function openRun({ env, select, print = () => {} }: OwnRunOptions = {}): Promise<OwnRun> {
  const own: Record<string, string | undefined> = { ...(env ?? process.env) };
  if (env === undefined) loadEnvironment(own);
  const output = { isTTY: true, write: print };
  const io = { ...processIo(), stdout: output, stderr: output };
  const run = await openConformanceRun(own, io, select === undefined ? {} : { select });
  return {
    cases: run.cases.map(({ id, claim, title }) => ({ id, claim, title })),
    judge(id) {
      const testCase = allCases.find((one) => one.id === id);
      if (testCase === undefined) throw new SetupError(`there is no case ${id}`);
      return run.judge(testCase);
    },
    explain: (result) => run.explain(result),
    end() {
      run.leaveOut(run.cases.map(({ id }) => id));
      return run.end();
    },
  };
}
