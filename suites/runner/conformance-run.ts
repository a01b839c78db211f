import { buildReport } from '../../reports/build.ts';
import { watchObservations } from '../../reports/observation-changes.ts';
import { EXIT_CODES, type Interruption, NOT_SELECTED, type Report } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { consoleText } from '../../reports/views/console.ts';
import { publish } from '../../reports/views/publish.ts';
import { verdictLine } from '../../reports/views/verdict-line.ts';
import { writeInShort, writeReport, writeReports } from '../../reports/views/write.ts';
import type { Contract } from '../../spec/contract.ts';
import { messageOf } from '../../spec/setup-error.ts';
import type { Case } from '../cases/case.ts';
import { type CaseResult, notRun } from '../judge/result.ts';
import type { Environment } from '../settings/values.ts';
import type { LiveTarget } from '../targets/live-target.ts';
import { type Journal, openJournal } from './journal.ts';
import type { Judge } from './open-judge.ts';
import { Progress } from './progress.ts';
import { proofIn } from './read-proof.ts';
import type { ReportFolder } from './report-folder.ts';
import type { RunInputs } from './run-inputs.ts';
import { type RunIo, recordedText, screenOf } from './run-io.ts';
import { type Begun, type RunState, recordOf } from './run-record.ts';

/** How a run ended. */
export interface RunEnd {
  /** Errors in the suite itself, one sentence each; then nothing conforms. */
  readonly defects?: readonly string[];
  /** Ids of cases without a result. */
  readonly lost?: readonly string[];
  /** Whether it ended before all cases were judged. */
  readonly isInterrupted?: boolean;
}

/** A run's outcome. */
export interface Outcome {
  readonly report: Report;
  readonly exitCode: number;
}

/** Maximum delay in milliseconds until a verdict is in report.json, not counting the time to write it. */
const SNAPSHOT_AFTER = 200;
/** Writing the report during a run may take 1/20 of the time. */
const SNAPSHOT_SHARE = 20;

/** The parts of a run. */
export interface Parts extends Judge {
  readonly env: Environment;
  readonly io: RunIo;
  readonly inputs: RunInputs;
  readonly begun: Begun;
  readonly baseline: Report | undefined;
  readonly folder: ReportFolder;
}

/**
 * One run with its limits, journal, results, reports and exit code. The caller (vitest, a command) requests the results of
 * cases in any order, and ends the run.
 */
export class ConformanceRun {
  readonly #parts: Parts;
  readonly #journal: Journal;
  readonly #asked = new Map<string, Promise<CaseResult>>();
  readonly #results = new Map<string, CaseResult>();
  readonly #leftOut = new Set<string>();
  readonly #progress: Progress;
  readonly #limit: NodeJS.Timeout;
  readonly #stopping: Promise<string>;
  #resolveStopping: (reason: string) => void = () => {};
  #snapshot: NodeJS.Timeout | undefined;
  #written = 0;
  #outcome: Outcome | undefined;

  constructor(parts: Parts) {
    const { io, env, folder, begun, inputs } = parts;
    const { maxSeconds, target } = inputs.settings;
    this.#parts = parts;
    this.#stopping = new Promise((resolve) => {
      this.#resolveStopping = resolve;
    });
    this.#journal = openJournal(folder.path, begun.run.id);
    this.#progress = new Progress(io.stdout, env);
    const ended = `JUSPAY_MAX_SECONDS (${maxSeconds}) ended the run before it`;
    this.#limit = setTimeout(() => this.stop(ended), maxSeconds * 1000 - (performance.now() - begun.at));
    // A run against the mock ends before this is useful.
    if (target === 'live') this.#snapshotLater(SNAPSHOT_AFTER);
  }

  /** The cases to judge, in order. */
  get cases(): readonly Case[] {
    return this.#parts.inputs.cases;
  }

  get contract(): Contract {
    return this.#parts.inputs.contract;
  }

  get shown(): RunInputs['shown'] {
    return this.#parts.inputs.shown;
  }

  /** Undefined until the run has ended. */
  get outcome(): Outcome | undefined {
    return this.#outcome;
  }

  /** Whether a case was handed to `judge`. */
  wasAsked(id: string): boolean {
    return this.#asked.has(id);
  }

  /** Judges a case, once even if called repeatedly. Never throws; the result is masked, waived and in the journal. */
  judge(testCase: Case): Promise<CaseResult> {
    const asked = this.#asked.get(testCase.id);
    if (asked !== undefined) return asked;
    const judged = this.#judge(testCase);
    this.#asked.set(testCase.id, judged);
    return judged;
  }

  async #judge(testCase: Case): Promise<CaseResult> {
    if (!this.cases.includes(testCase)) return notRun(testCase, NOT_SELECTED, false);
    const result = await Promise.race([
      this.#parts.judge(testCase).catch((thrown: unknown) => this.#defect(testCase, messageOf(thrown))),
      this.#stopping.then((reason) => notRun(testCase, reason, true)),
    ]);
    if (this.#outcome === undefined) this.#keep(result);
    return result;
  }

  #defect(testCase: Case, message: string): CaseResult {
    const reason = `a defect of the suite: ${forTerminal(this.#parts.mask(message))}`;
    return { ...notRun(testCase, reason, false), verdict: 'error' };
  }

  #keep(result: CaseResult): void {
    this.#results.set(result.id, result);
    this.#progress.add(result.verdict === 'fail', result.id, this.cases.length - this.#leftOut.size);
    try {
      this.#journal.write(result);
    } catch (thrown) {
      this.stop(`the journal cannot be written: ${messageOf(thrown)}`);
    }
  }

  /** Stops sending; the remaining cases are not run. */
  stop(reason: string): void {
    this.#resolveStopping(reason);
    (this.#parts.target as Partial<LiveTarget>).stop?.(reason);
  }

  /** Removes cases from the selection. */
  leaveOut(ids: Iterable<string>): void {
    for (const id of ids) if (!this.#asked.has(id)) this.#leftOut.add(id);
  }

  /** Ends the run: writes the recording, the reports and the text with the verdict. */
  async end({ defects = [], lost = [], isInterrupted = false }: RunEnd = {}): Promise<Outcome> {
    if (this.#outcome !== undefined) return this.#outcome;
    const { env, io, inputs, folder, baseline } = this.#parts;
    this.#stopWatching();
    for (const defect of defects) io.stderr.write(`a defect of the suite: ${forTerminal(this.#parts.mask(defect))}\n`);
    for (const testCase of this.cases) {
      if (lost.includes(testCase.id) && !this.#results.has(testCase.id)) {
        this.#results.set(testCase.id, this.#defect(testCase, 'no result came back'));
      }
    }
    const finished = defects.length === 0 && !isInterrupted;
    const proof = await proofIn(folder.path);
    const interrupted: Interruption = defects.length > 0 ? 'defect' : 'signal';
    const state = { finished, ...(finished ? {} : { interrupted }), proof };
    let report = this.#report(state);
    const screen = screenOf(io.stdout);
    let text = '';
    let files: readonly string[] = [];
    try {
      this.#parts.saveRecording();
      folder.assertOurs();
      if (baseline !== undefined) {
        const { compareWithBaseline } = await import('../../reports/compare/write-comparison.ts');
        const compared = compareWithBaseline(report, baseline, folder.path, screen);
        text = `${compared.text}\n`;
        files = compared.files;
      }
      files = [...(await writeReports(report, folder.path)), ...files];
    } catch (thrown) {
      report = this.#unwritten(report, state, thrown);
    }
    this.#end(report);
    const recorded =
      inputs.settings.record === undefined || report.requests === 0 ? '' : recordedText(inputs.settings.record);
    const written = files.length === 0 ? '' : `${recorded}Reports: ${files.join(', ')}\n`;
    await publish(`${text}${consoleText(report, screen)}${written}`, report, env, io.stdout);
    await this.#parts.target.close();
    return { report, exitCode: EXIT_CODES[report.verdict] };
  }

  /**
   * Ends the run when the process exits, without async work: writes only what is fast.
   * @param interrupted why it ends
   * @returns the outcome; if the run has ended already, that one
   */
  breakOff(interrupted: Interruption): Outcome {
    if (this.#outcome !== undefined) return this.#outcome;
    const { io, folder } = this.#parts;
    this.#stopWatching();
    const state = { finished: false, interrupted };
    let report = this.#report(state);
    let files: readonly string[] = [];
    try {
      folder.assertOurs();
      files = writeInShort(report, folder.path);
      this.#parts.saveRecording();
    } catch (thrown) {
      report = this.#unwritten(report, state, thrown);
    }
    const outcome = this.#end(report);
    // The other views take too long during an exit.
    const more =
      files[0] === undefined
        ? ''
        : `Reports: ${files.join(', ')}; juspay-conformance report ${files[0]} writes the other views\n`;
    const line = io.stdout.isTTY === true ? '' : `${verdictLine(report)}\n`;
    io.stdout.write(`${consoleText(report, screenOf(io.stdout))}${more}${line}`);
    return outcome;
  }

  #end(report: Report): Outcome {
    this.#outcome = { report, exitCode: EXIT_CODES[report.verdict] };
    this.#journal.remove();
    this.#parts.folder.release();
    return this.#outcome;
  }

  #stopWatching(): void {
    clearTimeout(this.#limit);
    clearTimeout(this.#snapshot);
    this.#progress.end();
  }

  #report(state: Omit<RunState, 'results'>): Report {
    const { inputs, begun } = this.#parts;
    const report = buildReport(recordOf(inputs, begun, { ...state, results: this.#results }, this.#leftOut));
    const { pins, settings } = inputs;
    return pins === undefined ? report : watchObservations(report, pins, settings.observationsStrict === true);
  }

  /** The report if the verdict could not be written: readers of the files must see that there is none. */
  #unwritten({ verdict, summary }: Report, state: Omit<RunState, 'results'>, thrown: unknown): Report {
    const why = `the run's files could not be written: ${forTerminal(this.#parts.mask(messageOf(thrown)))}`;
    const ended =
      verdict === 'does-not-conform'
        ? { verdict, message: `${summary}; ${why}` }
        : { verdict: 'could-not-judge' as const, message: `could not judge: ${why}` };
    const report = this.#report({ ...state, ended });
    try {
      this.#parts.folder.assertOurs();
      writeInShort(report, this.#parts.folder.path);
    } catch {
      // The files then still say, as at the start, that the run has not judged.
    }
    return report;
  }

  /** Updates the files on disk in case the process is killed; the larger they are, the less often. */
  #snapshotLater(ms: number): void {
    this.#snapshot = setTimeout(() => {
      const before = performance.now();
      if (this.#results.size > this.#written) {
        this.#written = this.#results.size;
        try {
          writeReport(this.#report({ finished: false }), this.#parts.folder.path);
          this.#parts.saveRecording();
        } catch (thrown) {
          this.stop(`the report cannot be written: ${messageOf(thrown)}`);
        }
      }
      this.#snapshotLater(Math.max(SNAPSHOT_AFTER, (performance.now() - before) * SNAPSHOT_SHARE));
    }, ms).unref();
  }
}
