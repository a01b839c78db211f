import { NOT_SELECTED, type Report } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { messageOf } from '../../spec/setup-error.ts';
import type { Case } from '../cases/case.ts';
import { type CaseResult, notRun } from '../judge/result.ts';
import type { Environment } from '../settings/values.ts';
import type { LiveTarget } from '../targets/live-target.ts';
import { removeJournal, writeJournal } from './journal.ts';
import type { Judge } from './open-judge.ts';
import { Progress } from './progress.ts';
import type { ReportFolder } from './report-folder.ts';
import type { RunInputs } from './run-inputs.ts';
import type { RunIo } from './run-io.ts';
import type { Begun } from './run-record.ts';
import { isRefusedAlone } from './selection.ts';

/** The parts of a run. */
export interface Parts extends Judge {
  readonly env: Environment;
  readonly io: RunIo;
  readonly inputs: RunInputs;
  readonly begun: Begun;
  readonly baseline: Report | undefined;
  readonly folder: ReportFolder;
}

/** The cases of a run and their results so far. */
export class JudgedCases {
  readonly results = new Map<string, CaseResult>();
  /** Ids of cases that were removed from the selection. */
  readonly leftOut = new Set<string>();
  /** The cases to judge, in order. */
  readonly cases: readonly Case[];
  protected readonly parts: Parts;
  readonly #asked = new Map<string, Promise<CaseResult>>();
  readonly #progress: Progress;
  readonly #stopping: Promise<string>;
  #resolveStopping: (reason: string) => void = () => {};
  #isOver = false;

  constructor(parts: Parts) {
    const { io, env, folder, inputs } = parts;
    this.parts = parts;
    this.cases = inputs.cases;
    this.#stopping = new Promise((resolve) => {
      this.#resolveStopping = resolve;
    });
    removeJournal(folder.path);
    this.#progress = new Progress(io.stdout, env);
  }

  /** Judges a case, once even if called repeatedly. Never throws; the result is masked, waived and in the journal. */
  judge(testCase: Case): Promise<CaseResult> {
    const judged = this.#asked.get(testCase.id) ?? this.#judge(testCase);
    this.#asked.set(testCase.id, judged);
    return judged;
  }

  async #judge(testCase: Case): Promise<CaseResult> {
    if (!this.cases.includes(testCase)) return notRun(testCase, NOT_SELECTED, false);
    const result = await Promise.race([
      this.parts.judge(testCase).catch((thrown: unknown) => this.#defect(testCase, messageOf(thrown))),
      this.#stopping.then((reason) => notRun(testCase, reason, true)),
    ]);
    if (!this.#isOver) this.#keep(result);
    return result;
  }

  #defect(testCase: Case, message: string): CaseResult {
    const reason = `a defect of the suite: ${forTerminal(this.parts.mask(message))}`;
    return { ...notRun(testCase, reason, false), verdict: 'error' };
  }

  #keep(result: CaseResult): void {
    this.results.set(result.id, result);
    this.#progress.add(result.verdict === 'fail', result.id, this.cases.length - this.leftOut.size);
    try {
      writeJournal(this.parts.folder.path, this.parts.begun.run.id, result);
    } catch (thrown) {
      this.stop(`the journal cannot be written: ${messageOf(thrown)}`);
    }
  }

  /** Stops sending; the remaining cases are not run. */
  stop(reason: string): void {
    this.#resolveStopping(reason);
    (this.parts.target as Partial<LiveTarget>).stop?.(reason);
  }

  /** Removes cases from the selection. */
  leaveOut(ids: Iterable<string>): void {
    for (const id of ids) if (!this.#asked.has(id)) this.leftOut.add(id);
  }

  /** Marks cases without a result as errors. */
  protected lose(ids: readonly string[]): void {
    for (const testCase of this.cases) {
      if (!ids.includes(testCase.id) || this.results.has(testCase.id)) continue;
      this.results.set(testCase.id, this.#defect(testCase, 'no result came back'));
    }
  }

  /** The refusals of the last cases prove nothing if an ordinary call is now refused too. */
  protected async doubtRefusals(): Promise<void> {
    const isDecided = ({ id }: Case) => !['error', 'not-run', undefined].includes(this.results.get(id)?.verdict);
    const letIn = this.cases.findLastIndex((one) => !isRefusedAlone(one) && isDecided(one));
    const last = this.cases.slice(letIn + 1);
    const passed = last.flatMap(({ id }) => this.results.get(id) ?? []).filter(({ verdict }) => verdict === 'pass');
    const reason = passed.length === 0 ? undefined : await this.parts.isLost();
    if (reason === undefined) return;
    for (const result of passed) {
      this.results.set(result.id, { ...result, verdict: 'error', held: null, reason: this.parts.mask(reason) });
    }
  }

  /** Removes the progress line. */
  protected hideProgress(): void {
    this.#progress.end();
  }

  /** Deletes the journal, because the report has every result; later results are not kept. */
  protected close(): void {
    this.#isOver = true;
    removeJournal(this.parts.folder.path);
  }
}
