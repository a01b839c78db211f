import type { Reporter, TestCase, TestModule, TestRunEndReason, Vitest } from 'vitest/node';
import { allCases } from '../suites/cases/all.ts';
import type { CaseResult } from '../suites/judge/result.ts';
import { buildReport } from './build.ts';
import { consoleText, type Screen } from './console.ts';
import { Progress } from './progress.ts';
import { proofIn } from './proof.ts';
import { publish } from './publish.ts';
import { EXIT_CODES, type Report } from './report.ts';
import { forTerminal } from './terminal.ts';
import { loadHeavyViews, writeReports } from './write.ts';

/** Characters in a line where there is no terminal to ask. */
const OUTPUT_WIDTH = 120;

/** Collects what the suites judged, and ends a run with its report, its summary and its exit code. */
export default class ConformanceReporter implements Reporter {
  #vitest: Vitest | undefined;
  #results = new Map<string, CaseResult>();
  #started = new Date();
  #exitCode = EXIT_CODES['could-not-judge'];
  #progress = new Progress(process.stdout, process.env);
  #total = 0;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
    // Vitest knows "failed" and "not failed"; the run's verdict has the last word, also where no case came to an end.
    process.once('exit', () => {
      process.exitCode = this.#exitCode;
    });
  }

  onTestRunStart(): void {
    this.#results = new Map();
    this.#total = 0;
    this.#started = new Date();
    // While the cases are judged in their own thread, this one has nothing else to do. What goes wrong is seen at the end.
    loadHeavyViews().catch(() => {});
  }

  onTestModuleCollected(module: TestModule): void {
    this.#total += [...module.children.allTests()].length;
  }

  onTestCaseResult(testCase: TestCase): void {
    const { result } = testCase.meta();
    if (result === undefined) return;
    this.#results.set(result.id, result);
    this.#progress.add(result.verdict === 'fail', result.id, this.#total);
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly { readonly message?: string }[],
    reason: TestRunEndReason,
  ): Promise<void> {
    const defects = [...unhandled, ...modules.flatMap((module) => module.errors())];
    for (const defect of defects)
      process.stderr.write(`a defect of the suite: ${forTerminal(String(defect.message))}\n`);
    this.#progress.end();
    const report = await this.#build(defects.length === 0 && reason !== 'interrupted');
    if (report === undefined) return;
    const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
    const columns = process.stdout.columns ?? OUTPUT_WIDTH;
    // First: the baseline may be the very file that this run's report takes the place of.
    const { text, files: compared } = await this.#compare(report, { colour, columns });
    const files = await writeReports(report, this.#folder());
    const written = `Reports: ${[...files, ...compared].join(', ')}\n`;
    await publish(`${text}${consoleText(report, { colour, columns })}${written}`, report, process.env);
    this.#exitCode = EXIT_CODES[report.verdict];
  }

  /** With what JUSPAY_BASELINE names. What broke since then is broken now, so that the exit code is 1 anyway. */
  async #compare(report: Report, screen: Screen): Promise<{ text: string; files: readonly string[] }> {
    const baseline = this.#vitest?.getRootProject().getProvidedContext().settings.baseline;
    if (baseline === undefined) return { text: '', files: [] };
    const { compareWithBaseline } = await import('./compare/baseline.ts');
    const { text, files } = compareWithBaseline(report, baseline, this.#folder(), screen);
    return { text: `${text}\n`, files };
  }

  #folder(): string {
    return this.#vitest?.getRootProject().getProvidedContext().settings.reportDir ?? 'reports/out';
  }

  async #build(finished: boolean): Promise<Report | undefined> {
    const context = this.#vitest?.getRootProject().getProvidedContext();
    if (context?.settings === undefined || context.contract === undefined) return undefined;
    const { settings, contract } = context;
    const live = settings.target === 'sandbox';
    return buildReport({
      claims: contract.claims,
      contract: { version: contract.version, sha256: contract.sha256 },
      cases: allCases,
      results: this.#results,
      target: { kind: settings.target, host: live ? new URL(settings.baseUrl).host : 'built-in mock' },
      baseUrl: live ? settings.baseUrl : undefined,
      settings: { timeoutMs: settings.timeoutMs, maxRps: settings.maxRps, concurrency: settings.concurrency },
      started: this.#started,
      ms: Date.now() - this.#started.getTime(),
      finished,
      proof: await proofIn(this.#folder()),
    });
  }
}
