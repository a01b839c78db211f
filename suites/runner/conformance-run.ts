import { EXIT_CODES, type Interruption, type Report } from '../../reports/report.ts';
import { reportCase } from '../../reports/report-case.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { consoleText } from '../../reports/views/console.ts';
import { failureText } from '../../reports/views/failure-text.ts';
import { publish } from '../../reports/views/publish.ts';
import { verdictLine } from '../../reports/views/verdict-line.ts';
import { writeInShort, writeReports } from '../../reports/views/write.ts';
import type { CaseResult } from '../judge/result.ts';
import { JudgedCases, type Parts } from './judged-cases.ts';
import { proofIn } from './read-proof.ts';
import { RunFiles } from './run-files.ts';
import { recordedText, screenOf } from './run-io.ts';

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

/**
 * One run with its limits, journal, results, reports and exit code. The caller (vitest, a command) requests the results of
 * cases in any order, and ends the run.
 */
export class ConformanceRun extends JudgedCases {
  readonly #files: RunFiles;
  readonly #limit: NodeJS.Timeout;
  #outcome: Outcome | undefined;

  constructor(parts: Parts) {
    super(parts);
    const { maxSeconds, target } = parts.inputs.settings;
    this.#files = new RunFiles(parts, this);
    const ended = `JUSPAY_MAX_SECONDS (${maxSeconds}) ended the run before it`;
    this.#limit = setTimeout(() => this.stop(ended), maxSeconds * 1000 - (performance.now() - parts.begun.at));
    // A run against the mock ends before this is useful.
    if (target === 'live') this.#files.keepUpToDate();
  }

  /** The target as reports show it. */
  get target(): Report['target'] {
    return this.parts.inputs.shown.target;
  }

  /** Explains a failed case: the claim, what was expected, what came back, and how to reproduce it. */
  explain(result: CaseResult): string {
    const { contract, shown } = this.parts.inputs;
    return failureText(reportCase(result, shown.baseUrl), contract.claims);
  }

  /** Ends the run: writes the recording, the reports and the text with the verdict. */
  async end({ defects = [], lost = [], isInterrupted = false }: RunEnd = {}): Promise<Outcome> {
    if (this.#outcome !== undefined) return this.#outcome;
    const { env, io, inputs, folder, baseline } = this.parts;
    this.#stopWatching();
    for (const defect of defects) io.stderr.write(`a defect of the suite: ${forTerminal(this.parts.mask(defect))}\n`);
    this.lose(lost);
    await this.doubtRefusals();
    const finished = defects.length === 0 && !isInterrupted;
    const proof = await proofIn(folder.path);
    const interrupted: Interruption = defects.length > 0 ? 'defect' : 'signal';
    const state = { finished, ...(finished ? {} : { interrupted }), proof };
    let report = this.#files.report(state);
    const screen = screenOf(io.stdout);
    let text = '';
    let files: readonly string[] = [];
    try {
      this.parts.saveRecording();
      folder.assertOurs();
      if (baseline !== undefined) {
        const { compareWithBaseline } = await import('../../reports/compare/write-comparison.ts');
        const compared = compareWithBaseline(report, baseline, folder.path, screen);
        text = `${compared.text}\n`;
        files = compared.files;
      }
      files = [...(await writeReports(report, folder.path)), ...files];
    } catch (thrown) {
      report = this.#files.unwritten(report, state, thrown);
    }
    this.#end(report);
    const recorded =
      inputs.settings.record === undefined || report.requests === 0 ? '' : recordedText(inputs.settings.record);
    const written = files.length === 0 ? '' : `${recorded}Reports: ${files.join(', ')}\n`;
    await publish(`${text}${consoleText(report, screen)}${written}`, report, env, io.stdout);
    await this.parts.target.close();
    return { report, exitCode: EXIT_CODES[report.verdict] };
  }

  /**
   * Ends the run when the process exits, without async work: writes only what is fast.
   * @param interrupted why it ends
   * @returns the outcome; if the run has ended already, that one
   */
  breakOff(interrupted: Interruption): Outcome {
    if (this.#outcome !== undefined) return this.#outcome;
    const { io, folder } = this.parts;
    this.#stopWatching();
    const state = { finished: false, interrupted };
    let report = this.#files.report(state);
    let files: readonly string[] = [];
    try {
      folder.assertOurs();
      files = writeInShort(report, folder.path);
      this.parts.saveRecording();
    } catch (thrown) {
      report = this.#files.unwritten(report, state, thrown);
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
    this.close();
    this.parts.folder.release();
    return this.#outcome;
  }

  #stopWatching(): void {
    clearTimeout(this.#limit);
    this.#files.leaveAsTheyAre();
    this.hideProgress();
  }
}
