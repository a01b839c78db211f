import type { Reporter, TestCase, TestModule, TestRunEndReason, Vitest } from 'vitest/node';
import { allCases } from '../suites/cases/all.ts';
import type { CaseResult } from '../suites/judge/result.ts';
import type { Settings } from '../suites/settings/settings.ts';
import { buildReport } from './build.ts';
import { consoleText } from './console.ts';
import { EXIT_CODES, type Report, type ReportedRecording } from './report.ts';
import { forTerminal } from './terminal.ts';
import { watchObservations } from './watch.ts';
import { writeReports } from './write.ts';

/** Collects what the suites judged, and ends a run with its report, its summary and its exit code. */
export default class ConformanceReporter implements Reporter {
  #vitest: Vitest | undefined;
  #results = new Map<string, CaseResult>();
  #started = new Date();
  #exitCode = EXIT_CODES['could-not-judge'];

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
    // Vitest knows "failed" and "not failed"; the run's verdict has the last word, also where no case came to an end.
    process.once('exit', () => {
      process.exitCode = this.#exitCode;
    });
  }

  onTestRunStart(): void {
    this.#results = new Map();
    this.#started = new Date();
  }

  onTestCaseResult(testCase: TestCase): void {
    const { result } = testCase.meta();
    if (result !== undefined) this.#results.set(result.id, result);
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly { readonly message?: string }[],
    reason: TestRunEndReason,
  ): void {
    const defects = [...unhandled, ...modules.flatMap((module) => module.errors())];
    for (const defect of defects)
      process.stderr.write(`a defect of the suite: ${forTerminal(String(defect.message))}\n`);
    const report = this.#build(defects.length === 0 && reason !== 'interrupted');
    if (report === undefined) return;
    const files = writeReports(report, this.#folder());
    const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
    process.stdout.write(`${consoleText(report, colour)}Reports: ${files.join(', ')}\n`);
    this.#exitCode = EXIT_CODES[report.verdict];
  }

  #folder(): string {
    return this.#vitest?.getRootProject().getProvidedContext().settings.reportDir ?? 'reports/out';
  }

  #build(finished: boolean): Report | undefined {
    const context = this.#vitest?.getRootProject().getProvidedContext();
    if (context?.settings === undefined || context.contract === undefined) return undefined;
    const { settings, contract } = context;
    const live = settings.target === 'sandbox';
    const report = buildReport({
      claims: contract.claims,
      contract: { version: contract.version, sha256: contract.sha256 },
      cases: allCases,
      results: this.#results,
      target: targetOf(settings, context.recording),
      baseUrl: live ? settings.baseUrl : undefined,
      settings: { timeoutMs: settings.timeoutMs, maxRps: settings.maxRps, concurrency: settings.concurrency },
      started: this.#started,
      ms: Date.now() - this.#started.getTime(),
      finished,
    });
    if (context.pins === undefined) return report;
    return watchObservations(report, context.pins, settings.observationsStrict === true);
  }
}

function targetOf(settings: Settings, recording: ReportedRecording | undefined): Report['target'] {
  if (recording !== undefined) {
    const { host, ...rest } = recording;
    return { kind: 'replay', host, recording: rest };
  }
  return settings.target === 'sandbox'
    ? { kind: 'sandbox', host: new URL(settings.baseUrl).host }
    : { kind: settings.target, host: 'built-in mock' };
}
