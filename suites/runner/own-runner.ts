import type { Report } from '../../reports/report.ts';
import { reportCase } from '../../reports/report-case.ts';
import { failureText } from '../../reports/views/failure-text.ts';
import { SetupError } from '../../spec/setup-error.ts';
import { allCases } from '../cases/all.ts';
import type { CaseResult } from '../judge/result.ts';
import { loadEnvironment } from '../settings/environment.ts';
import type { Environment } from '../settings/values.ts';
import { openConformanceRun } from './open-conformance-run.ts';
import { processIo } from './run-process.ts';
import type { Selection } from './selection.ts';

export type { CaseResult, Report, Selection };

/** What a run is told. */
export interface OwnRunOptions {
  /** JUSPAY_* variables; default: those of this process, and of a .env file. */
  readonly env?: Environment;
  /** The cases to judge; default: all. */
  readonly select?: Selection;
  /** Is given what the command would print; default: nothing is printed. */
  readonly print?: (text: string) => void;
}

/** One run of the suite, shown by a test runner of your own. */
export interface OwnRun {
  /** The cases to judge, in order. */
  readonly cases: readonly { readonly id: string; readonly claim: string; readonly title: string }[];
  /** Judges a case, once however often it is asked for. Never throws for what the server does. */
  judge(id: string): Promise<CaseResult>;
  /** What a failed case found, in words: the claim, what was expected, what came back, and how to reproduce it. */
  explain(result: CaseResult): string;
  /** Writes the reports. Cases that nobody asked for count as not selected. */
  end(): Promise<{ readonly report: Report; readonly exitCode: number }>;
}

/**
 * Begins a run: reads the settings, takes the report folder, and asks a live server whether there is anything to judge.
 * @throws Error that begins with the verdict, where the run cannot begin; its reports say so too
 */
export async function openRun({ env, select, print = () => {} }: OwnRunOptions = {}): Promise<OwnRun> {
  const own: Record<string, string | undefined> = { ...(env ?? process.env) };
  if (env === undefined) loadEnvironment(own);
  const output = { isTTY: true, write: print };
  const io = { ...processIo(), stdout: output, stderr: output };
  const run = await openConformanceRun(own, io, select === undefined ? {} : { select });
  const claims = new Map(run.contract.claims.map((claim) => [claim.id, claim]));
  return {
    cases: run.cases.map(({ id, claim, title }) => ({ id, claim, title })),
    judge(id) {
      const testCase = allCases.find((one) => one.id === id);
      if (testCase === undefined) throw new SetupError(`there is no case ${id}`);
      return run.judge(testCase);
    },
    explain: (result) => failureText(reportCase(result, run.shown.baseUrl), claims),
    end() {
      run.leaveOut(run.cases.map(({ id }) => id));
      return run.end();
    },
  };
}
