import { randomBytes } from 'node:crypto';
import { buildReport, type RunRecord } from '../../reports/build.ts';
import { EXIT_CODES } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { removeReports, writeReports } from '../../reports/views/write.ts';
import { RUN_WORDS } from '../../reports/words.ts';
import { loadContract } from '../../spec/contract.ts';
import { SetupError } from '../../spec/setup-error.ts';
import { createMasker } from '../secrets/mask.ts';
import type { Environment } from '../settings/values.ts';
import { ConformanceRun } from './conformance-run.ts';
import { readLastRun } from './last-failed.ts';
import { openJudge } from './open-judge.ts';
import { PreflightError } from './preflight.ts';
import { begin, type ReportFolder, takeReportFolder } from './report-folder.ts';
import { readBaseline, readInputs } from './run-inputs.ts';
import type { RunIo } from './run-io.ts';
import { recordOf, unreadRecord } from './run-record.ts';
import type { Selection } from './selection.ts';
import { whyUnfit } from './until-judged.mjs';

/** Options of a run besides the environment. */
export interface RunOptions {
  /** Default: every case. */
  readonly select?: Selection;
  /** Reasons not to start, one sentence each. */
  readonly refused?: readonly string[];
}

/** The run does not start. Its reports say so; its message is masked and starts with the verdict. */
export class RunRefused extends Error {
  override readonly name = 'RunRefused';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Starts a run: locks the report folder, writes a first report without verdicts, reads settings, waivers and other input, and
 * checks a live target by the preflight.
 * @param env JUSPAY_* variables, into which the caller loads .env
 * @throws RunRefused if it does not start, after writing its reports
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
    return { verdict, message: forTerminal(hide.mask(`${RUN_WORDS[verdict].word}: ${why}`)) } as const;
  };
  let folder: ReportFolder | undefined;
  let refuse: (ended: NonNullable<RunRecord['ended']>) => RunRecord | undefined = () => undefined;
  try {
    folder = takeReportFolder(env);
    // Before this run overwrites the last report.
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
    // There is no report without a contract.
    if (folder !== undefined && record === undefined) removeReports(folder.path);
    if (folder !== undefined && record !== undefined)
      await writeReports(buildReport(record), folder.path).catch(() => {});
    folder?.release();
    throw new RunRefused(ended.message, EXIT_CODES[ended.verdict]);
  }
}
