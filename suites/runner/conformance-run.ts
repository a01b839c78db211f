import { randomBytes } from 'node:crypto';
import { buildReport, type RunRecord } from '../../reports/build.ts';
import { watchObservations } from '../../reports/observation-changes.ts';
import { EXIT_CODES, type Interruption, NOT_SELECTED, type Report } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { consoleText, type Screen } from '../../reports/views/console.ts';
import { type Output, publish } from '../../reports/views/publish.ts';
import { verdictLine } from '../../reports/views/verdict-line.ts';
import { loadHeavyViews, removeReports, writeInShort, writeReport, writeReports } from '../../reports/views/write.ts';
import { type Contract, loadContract } from '../../spec/contract.ts';
import { messageOf, SetupError } from '../../spec/setup-error.ts';
import type { Case } from '../cases/case.ts';
import { type CaseResult, notRun } from '../judge/result.ts';
import { meetOrdinary } from '../judge/run.ts';
import { createMasker, type Masker } from '../secrets/mask.ts';
import { maskResult } from '../secrets/mask-result.ts';
import { createRunMasker } from '../secrets/run-secrets.ts';
import { learningTokens, maskTokens } from '../secrets/tokens.ts';
import type { Environment } from '../settings/values.ts';
import type { LiveTarget } from '../targets/live-target.ts';
import type { HttpAnswer, Target } from '../targets/target.ts';
import { waive } from '../waivers/waiver.ts';
import { EvidenceRoom } from './evidence-room.ts';
import { type Journal, openJournal } from './journal.ts';
import { judgeLeased } from './judge-case.ts';
import { readLastRun } from './last-failed.ts';
import { openTarget } from './open-target.ts';
import { openRun } from './operation.ts';
import { preflight } from './preflight.ts';
import { PreflightError, words } from './preflight-error.ts';
import { Progress } from './progress.ts';
import { proofIn } from './read-proof.ts';
import { begin, type ReportFolder, takeReportFolder } from './report-folder.ts';
import { type RunInputs, readBaseline, readInputs } from './run-inputs.ts';
import { planOf, planText } from './run-plan.ts';
import { type Begun, type RunState, recordOf, unreadRecord } from './run-record.ts';
import type { Selection } from './selection.ts';
import { whyUnfit } from './until-judged.mjs';
import { writeRecording } from './write-recording.ts';

/** Where a run writes to. */
export interface RunIo {
  readonly stdout: Output & { readonly columns?: number };
  readonly stderr: Output;
  /** Is given what masks the run's secrets, before anything is sent: for whatever else the process prints. */
  readonly onMasker?: (masker: Masker) => void;
}

/** What whoever starts a run may say beside the environment. */
export interface RunOptions {
  /** Default: every case. */
  readonly select?: Selection;
  /** Why this run must not begin, each in a sentence. */
  readonly refused?: readonly string[];
}

/** How a run came to its end. */
export interface RunEnd {
  /** What went wrong in the suite itself, each in a sentence: then nothing conforms. */
  readonly defects?: readonly string[];
  /** Cases that were to be judged and never came back. */
  readonly lost?: readonly string[];
  /** It was ended before all cases were judged. */
  readonly isInterrupted?: boolean;
}

/** A run's outcome. */
export interface Outcome {
  readonly report: Report;
  readonly exitCode: number;
}

/** The run does not begin. Its reports say so; its message, masked, begins with the verdict. */
export class RunRefused extends Error {
  override readonly name = 'RunRefused';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Characters in a line where there is no terminal to ask. */
const OUTPUT_WIDTH = 120;
/** How long after a verdict it is in report.json at the latest, in milliseconds, where writing it takes no time. */
const SNAPSHOT_AFTER = 200;
/** Writing the report while the run goes on may take this part of the time: one in so many. */
const SNAPSHOT_SHARE = 20;

/**
 * Begins a run: takes the report folder, says there that nothing is judged yet, reads settings, waivers and whatever else
 * the run is told, and asks a live target whether there is anything to judge.
 * @param env JUSPAY_* variables; a .env file is the caller's business
 * @throws RunRefused where it does not begin, its reports written
 */
export async function openConformanceRun(
  env: Environment,
  io: RunIo,
  { select = {}, refused = [] }: RunOptions = {},
): Promise<ConformanceRun> {
  const run = { id: randomBytes(6).toString('hex'), shard: select.shard ?? null };
  const begun = { run, started: new Date(), at: performance.now() };
  const hide = createMasker(
    ['JUSPAY_API_KEY', 'JUSPAY_MERCHANT_ID'].map((name) => ({ value: env[name]?.trim() ?? '', name })),
  );
  const endedBy = (thrown: unknown) => {
    const verdict = thrown instanceof PreflightError ? thrown.verdict : 'could-not-judge';
    const isOurs = !(thrown instanceof PreflightError || thrown instanceof SetupError);
    const why = isOurs ? `a defect of the suite: ${thrown instanceof Error ? thrown.stack : thrown}` : thrown.message;
    return { verdict, message: forTerminal(hide.mask(`${words(verdict)}: ${why}`)) } as const;
  };
  let folder: ReportFolder | undefined;
  let refuse: (ended: NonNullable<RunRecord['ended']>) => RunRecord | undefined = () => undefined;
  try {
    folder = takeReportFolder(env);
    // Before this run's own report takes the place of the last one.
    const last = env['JUSPAY_ONLY']?.trim() === 'failed' ? readLastRun(folder.path) : undefined;
    const baseline = await readBaseline(env).catch((thrown: unknown) => ({ thrown }));
    const contract = await loadContract();
    refuse = (ended) => unreadRecord(env, contract, begun, last, ended);
    begin(folder, buildReport(unreadRecord(env, contract, begun, last)));
    const problems = [...refused, whyUnfit()].filter((one) => one !== undefined);
    if (problems.length > 0) throw new SetupError(problems.join('\n'), problems);
    if (baseline !== undefined && 'thrown' in baseline) throw baseline.thrown;
    const inputs = await readInputs(env, contract, select, last);
    refuse = (ended) => recordOf(inputs, begun, { results: new Map(), finished: false, ended });
    begin(folder, buildReport(recordOf(inputs, begun, { results: new Map(), finished: false })));
    const opened = await openJudge(inputs, io, begun);
    return new ConformanceRun({ env, io, inputs, begun, baseline, folder, ...opened });
  } catch (thrown) {
    const ended = endedBy(thrown);
    const record = refuse(ended);
    // Without a contract there is no report.
    if (folder !== undefined && record === undefined) removeReports(folder.path);
    if (folder !== undefined && record !== undefined)
      await writeReports(buildReport(record), folder.path).catch(() => {});
    folder?.release();
    throw new RunRefused(ended.message, EXIT_CODES[ended.verdict]);
  }
}

/** What judges one case, within the target's limits. */
interface Judge {
  readonly target: Target;
  readonly mask: (text: string) => string;
  /** The result, masked and waived. */
  judge(testCase: Case): Promise<CaseResult>;
  /** Writes what was recorded so far. @throws where it cannot be written */
  saveRecording(): void;
}

async function openJudge(inputs: RunInputs, io: RunIo, begun: Begun): Promise<Judge> {
  const { settings, contract, cases } = inputs;
  const waivers = inputs.waivers?.waivers ?? [];
  const target = await openTarget(settings, contract);
  try {
    const masker = createRunMasker(target);
    let maskOthers: ((result: CaseResult) => CaseResult) | undefined;
    let ordinary: HttpAnswer | undefined;
    if (settings.target === 'live') {
      io.onMasker?.(masker);
      maskOthers = (await import('../secrets/personal-data.ts')).createPersonalDataMask();
      const ids = cases.map(({ id }) => id);
      if (settings.production) io.stderr.write(`${masker.mask(planText(planOf(settings, ids), settings))}\n`);
      ordinary = await preflight(target);
    }
    const learning = learningTokens(target, masker);
    const recorder = await startRecording(learning, inputs, begun);
    const run = openRun(contract, recorder?.target ?? learning, undefined, settings.properties);
    // Before the first case, or before that of the recorded run.
    if (settings.target !== 'mock') run.access.letIn();
    if (ordinary !== undefined) meetOrdinary(run, ordinary);
    const room = new EvidenceRoom();
    return {
      target,
      mask: masker.mask,
      async judge(testCase) {
        const judged = waive(maskTokens(await judgeLeased(testCase, run)), waivers);
        return room.fit(maskResult(maskOthers?.(judged) ?? judged, masker.mask));
      },
      saveRecording: () => recorder?.save(),
    };
  } catch (thrown) {
    await target.close();
    throw thrown;
  }
}

async function startRecording(
  target: Target,
  { settings: { record, baseUrl }, contract }: RunInputs,
  { started }: Begun,
): Promise<{ readonly target: Target; save(): void } | undefined> {
  if (record === undefined) return undefined;
  const { Recorder } = await import('../recording/recorder.ts');
  const nonce = randomBytes(12).toString('hex');
  const recorder = new Recorder(target, { contract, baseUrl, nonce, started });
  return { target: recorder.target, save: () => writeRecording(recorder.har(), record) };
}

interface Parts extends Judge {
  readonly env: Environment;
  readonly io: RunIo;
  readonly inputs: RunInputs;
  readonly begun: Begun;
  readonly baseline: Report | undefined;
  readonly folder: ReportFolder;
}

/**
 * One run: its limits, journal, results, reports and exit code. Whoever shows it (vitest, a command) asks it for the
 * results of cases, in any order, and ends it.
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
    // A run against the mock is over before this would be of use.
    if (target === 'live') this.#snapshotLater(SNAPSHOT_AFTER);
  }

  /** The cases that it is to judge, in order. */
  get cases(): readonly Case[] {
    return this.#parts.inputs.cases;
  }

  get contract(): Contract {
    return this.#parts.inputs.contract;
  }

  get shown(): RunInputs['shown'] {
    return this.#parts.inputs.shown;
  }

  /** Undefined while the run goes on. */
  get outcome(): Outcome | undefined {
    return this.#outcome;
  }

  /** Whether a case was handed to `judge`. */
  wasAsked(id: string): boolean {
    return this.#asked.has(id);
  }

  /** Judges a case once, however often it is asked for. Never throws; the result is masked, waived, and in the journal. */
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

  /** Ends the judging: nothing is sent any more, and cases that are not judged yet are not run. */
  stop(reason: string): void {
    this.#resolveStopping(reason);
    (this.#parts.target as Partial<LiveTarget>).stop?.(reason);
  }

  /** These cases are not selected after all. */
  leaveOut(ids: Iterable<string>): void {
    for (const id of ids) if (!this.#asked.has(id)) this.#leftOut.add(id);
  }

  /** Ends the run: recording, reports, and the text with the verdict. */
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
        const { compareWithBaseline } = await import('../../reports/compare/baseline.ts');
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
   * Ends the run where the process ends and nothing can be waited for: writes what takes no time.
   * @param interrupted why it ends
   * @returns the outcome, also of a run that has ended
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
    // The other views take too long for a process that is ending.
    const more =
      files[0] === undefined
        ? ''
        : `Reports: ${files.join(', ')}; npm run report -- ${files[0]} writes the other views\n`;
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

  /** Of a run whose verdict could not be written: whoever reads the files learns that it has not judged. */
  #unwritten({ verdict, summary }: Report, state: Omit<RunState, 'results'>, thrown: unknown): Report {
    const why = `what the run writes could not be written: ${forTerminal(this.#parts.mask(messageOf(thrown)))}`;
    const ended =
      verdict === 'does-not-conform'
        ? { verdict, message: `${summary}; ${why}` }
        : { verdict: 'could-not-judge' as const, message: `could not judge: ${why}` };
    const report = this.#report({ ...state, ended });
    try {
      this.#parts.folder.assertOurs();
      writeInShort(report, this.#parts.folder.path);
    } catch {
      // Then the reports say what they said when the run began: that it has not judged.
    }
    return report;
  }

  /** Keeps the files on disk near to the run, for a process that is killed; the larger they are, the less often. */
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

/** Loads what the reports need, while a run goes on. What goes wrong is seen at the end. */
export function loadViewsEarly(): void {
  loadHeavyViews().catch(() => {});
}

/** A recording is of use only to whoever knows what to do with it. */
function recordedText(file: string): string {
  return `Recorded: ${file}; JUSPAY_TARGET=replay JUSPAY_RECORDING=${file} npm run conformance replays it\n`;
}

function screenOf(stream: RunIo['stdout']): Screen {
  return {
    colour: stream.isTTY === true && process.env['NO_COLOR'] === undefined,
    columns: stream.columns ?? OUTPUT_WIDTH,
  };
}
