import type { Reporter, TestCase, TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node';
import { buildReport } from '../../reports/build.ts';
import { watchObservations } from '../../reports/observation-changes.ts';
import { EXIT_CODES, type Proof, type Report } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { consoleText, type Screen } from '../../reports/views/console.ts';
import { publish } from '../../reports/views/publish.ts';
import { loadHeavyViews, writeInShort, writeReport, writeReports } from '../../reports/views/write.ts';
import type { CaseResult } from '../judge/result.ts';
import { beginReport } from './begin-report.ts';
import { clearJournal, journalSize, readJournal } from './journal.ts';
import { Progress } from './progress.ts';
import { proofIn } from './read-proof.ts';
import { recordOf } from './run-record.ts';
import { Snapshots } from './snapshots.ts';

/** Characters in a line where there is no terminal to ask. */
const OUTPUT_WIDTH = 120;

type Context = ReturnType<ReturnType<Vitest['getRootProject']>['getProvidedContext']>;

/** Collects what the suites judged, and ends a run with its report, its summary and its exit code. */
export default class ConformanceReporter implements Reporter {
  #vitest: Vitest | undefined;
  #results = new Map<string, CaseResult>();
  #started = new Date();
  #underWay = false;
  readonly #snapshots = new Snapshots(
    () => journalSize(this.#context()?.settings.reportDir ?? ''),
    () => this.#snapshot(),
  );
  #exitCode = EXIT_CODES['could-not-judge'];
  #progress = new Progress(process.stdout, process.env);
  #total = 0;
  /** Suites that are not loaded yet. */
  #loading = 0;

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

  onTestRunStart(modules: readonly TestSpecification[]): void {
    this.#loading = modules.length;
    this.#results = new Map();
    this.#total = 0;
    this.#started = new Date();
    this.#exitCode = EXIT_CODES['could-not-judge'];
    const context = this.#context();
    // Again, in watch mode: the first time, the settings are not read yet, and whatever reads them begins the report.
    if (context !== undefined) beginReport({ ...context, started: this.#started });
  }

  onTestModuleQueued(): void {
    const context = this.#context();
    if (this.#underWay || context === undefined) return;
    this.#underWay = true;
    // A run against the mock is over before this would be of use.
    if (context.settings.target === 'live') this.#snapshots.start();
  }

  onTestModuleCollected(module: TestModule): void {
    this.#loading -= 1;
    // The suites are loaded, and their thread judges: this one has time for what the reports need. Before, it would keep the
    // other one waiting for its modules. What goes wrong is seen at the end.
    if (this.#loading === 0) loadHeavyViews().catch(() => {});
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
    this.#snapshots.stop();
    this.#progress.end();
    const defects = [...unhandled, ...modules.flatMap((module) => module.errors())];
    for (const defect of defects)
      process.stderr.write(`a defect of the suite: ${forTerminal(String(defect.message))}\n`);
    const context = this.#context();
    if (context === undefined) return;
    const { reportDir, record } = context.settings;
    const report = this.#build(context, defects.length === 0 && reason !== 'interrupted', proofIn(reportDir));
    const screen = screenOf(process.stdout);
    const { text, files: compared } = await compare(report, context, screen);
    const files = await writeReports(report, reportDir);
    this.#underWay = false;
    clearJournal(reportDir);
    this.#exitCode = EXIT_CODES[report.verdict];
    const recorded = record === undefined || report.requests === 0 ? '' : recordedText(record);
    const written = `${recorded}Reports: ${[...files, ...compared].join(', ')}\n`;
    await publish(`${text}${consoleText(report, screen)}${written}`, report, process.env);
  }

  /** Ctrl-C, SIGTERM or a crash. The process is ending, so that nothing can be waited for. */
  #breakOff(): void {
    this.#underWay = false;
    this.#progress.end();
    const context = this.#context();
    if (context === undefined) return;
    const { reportDir } = context.settings;
    this.#catchUp(reportDir);
    const report = this.#build(context, false);
    const files = writeInShort(report, reportDir);
    // The other views take too long for a process that is ending.
    const more = `npm run report -- ${files[0]} writes the other views`;
    process.stdout.write(`${consoleText(report, screenOf(process.stdout))}Reports: ${files.join(', ')}; ${more}\n`);
    clearJournal(reportDir);
    this.#exitCode = EXIT_CODES[report.verdict];
  }

  #snapshot(): void {
    const context = this.#context();
    if (!this.#underWay || context === undefined) return;
    this.#catchUp(context.settings.reportDir);
    writeReport(this.#build(context, false), context.settings.reportDir);
  }

  /** Vitest passes results on when it suits it; the journal has each of them as it falls. */
  #catchUp(reportDir: string): void {
    this.#results = new Map([...this.#results, ...readJournal(reportDir)]);
  }

  /** What the run was told; undefined until that was read. */
  #context(): Context | undefined {
    const context = this.#vitest?.getRootProject().getProvidedContext();
    return context?.settings === undefined || context.contract === undefined ? undefined : context;
  }

  #build({ settings, shown, contract, waivers, selected, pins }: Context, finished: boolean, proof?: Proof): Report {
    const told = { settings, shown, contract, waivers, selected, started: this.#started };
    const report = buildReport(recordOf(told, { results: this.#results, finished, proof }));
    return pins === undefined ? report : watchObservations(report, pins, settings.observationsStrict === true);
  }
}

/** A recording is of use only to whoever knows what to do with it. */
function recordedText(file: string): string {
  return `Recorded: ${file}; JUSPAY_TARGET=replay JUSPAY_RECORDING=${file} npm run conformance replays it\n`;
}

function screenOf(stream: NodeJS.WriteStream): Screen {
  return {
    colour: stream.isTTY === true && process.env['NO_COLOR'] === undefined,
    columns: stream.columns ?? OUTPUT_WIDTH,
  };
}

/** With what JUSPAY_BASELINE names. What broke since then is broken now, so that the exit code is 1 anyway. */
async function compare(
  report: Report,
  { baseline, settings }: Context,
  screen: Screen,
): Promise<{ text: string; files: readonly string[] }> {
  if (baseline === undefined) return { text: '', files: [] };
  const { compareWithBaseline } = await import('../../reports/compare/baseline.ts');
  const { text, files } = compareWithBaseline(report, baseline, settings.reportDir, screen);
  return { text: `${text}\n`, files };
}
