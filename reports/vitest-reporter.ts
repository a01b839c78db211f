import type { Reporter, TestCase, TestModule, TestRunEndReason, Vitest } from 'vitest/node';
import type { CaseResult } from '../suites/judge/result.ts';
import { clearJournal, readJournal } from '../suites/runner/journal.ts';
import { buildReport } from './build.ts';
import { consoleText } from './console.ts';
import { EXIT_CODES, type Report } from './report.ts';
import { recordOf } from './run-record.ts';
import { forTerminal } from './terminal.ts';
import { writeReport, writeReports } from './write.ts';

/** How long after a verdict it is in report.json at the latest, in milliseconds, where writing it takes no time. */
const SNAPSHOT_AFTER = 200;
/** Writing the report while the run goes on may take this part of the time: one in so many. */
const SNAPSHOT_SHARE = 20;

/** Collects what the suites judged, and ends a run with its report, its summary and its exit code. */
export default class ConformanceReporter implements Reporter {
  #vitest: Vitest | undefined;
  #results = new Map<string, CaseResult>();
  #started = new Date();
  #underWay = false;
  #snapshot: NodeJS.Timeout | undefined;
  #snapshotMs = 0;
  #exitCode = EXIT_CODES['could-not-judge'];

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
    // Vitest ends by `exit` at SIGINT and SIGTERM; a terminal that is closed would end it at once.
    process.once('SIGHUP', () => process.exit());
    // Vitest knows "failed" and "not failed"; the run's verdict has the last word, also where no case came to an end.
    process.prependOnceListener('exit', () => {
      const ended = this.#context()?.ended;
      if (this.#underWay) this.#breakOff();
      process.exitCode = ended === undefined ? this.#exitCode : EXIT_CODES[ended];
    });
  }

  onTestRunStart(): void {
    this.#results = new Map();
    this.#started = new Date();
    this.#exitCode = EXIT_CODES['could-not-judge'];
    const settings = this.#context()?.settings;
    // Again, in watch mode: the first time, the settings are not read yet.
    if (settings !== undefined) clearJournal(settings.reportDir);
  }

  onTestModuleQueued(): void {
    if (this.#underWay) return;
    this.#underWay = true;
    // From the first moment on there is a report, and it says that the run did not come to its end.
    this.#write(this.#build(false), writeReports);
  }

  onTestCaseResult(testCase: TestCase): void {
    const { result } = testCase.meta();
    if (result === undefined) return;
    this.#results.set(result.id, result);
    // A run against the mock is over before this would be of use.
    if (this.#context()?.settings.target === 'sandbox') this.#snapshotSoon();
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly { readonly message?: string }[],
    reason: TestRunEndReason,
  ): void {
    this.#underWay = false;
    clearTimeout(this.#snapshot);
    const defects = [...unhandled, ...modules.flatMap((module) => module.errors())];
    for (const defect of defects)
      process.stderr.write(`a defect of the suite: ${forTerminal(String(defect.message))}\n`);
    this.#end(defects.length === 0 && reason !== 'interrupted');
  }

  /** Ctrl-C, SIGTERM or a crash: what was judged so far is in the journal, also what vitest has not passed on yet. */
  #breakOff(): void {
    this.#underWay = false;
    const folder = this.#context()?.settings.reportDir;
    if (folder !== undefined) this.#results = new Map([...this.#results, ...readJournal(folder)]);
    this.#end(false);
  }

  #end(finished: boolean): void {
    const report = this.#build(finished);
    const files = this.#write(report, writeReports);
    if (report === undefined || files === undefined) return;
    const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
    process.stdout.write(`${consoleText(report, colour)}Reports: ${files.join(', ')}\n`);
    this.#exitCode = EXIT_CODES[report.verdict];
    const folder = this.#context()?.settings.reportDir;
    if (folder !== undefined) clearJournal(folder);
  }

  #snapshotSoon(): void {
    this.#snapshot ??= setTimeout(
      () => {
        this.#snapshot = undefined;
        const before = performance.now();
        if (this.#underWay) this.#write(this.#build(false), writeReport);
        this.#snapshotMs = performance.now() - before;
      },
      Math.max(SNAPSHOT_AFTER, this.#snapshotMs * SNAPSHOT_SHARE),
    );
  }

  #write<T>(report: Report | undefined, write: (report: Report, folder: string) => T): T | undefined {
    const folder = this.#context()?.settings.reportDir;
    return report === undefined || folder === undefined ? undefined : write(report, folder);
  }

  #context(): ReturnType<ReturnType<Vitest['getRootProject']>['getProvidedContext']> | undefined {
    const context = this.#vitest?.getRootProject().getProvidedContext();
    return context?.settings === undefined || context.contract === undefined ? undefined : context;
  }

  #build(finished: boolean): Report | undefined {
    const context = this.#context();
    if (context === undefined) return undefined;
    const { settings, shown, contract, waivers } = context;
    const record = recordOf(
      { settings, shown, contract, waivers, started: this.#started },
      { results: this.#results, finished },
    );
    return buildReport(record);
  }
}
