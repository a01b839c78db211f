import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Pins, Report, ReportedRecording, RunIdentity } from '../../reports/report.ts';
import type { Contract } from '../../spec/contract.ts';
import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { allCases } from '../cases/all.ts';
import type { Case } from '../cases/case.ts';
import type { MockOptions } from '../mock/options.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import type { Environment } from '../settings/values.ts';
import type { LoadedWaivers } from '../waivers/load-waivers.ts';
import type { LastRun } from './last-failed.ts';
import { assertRoom } from './report-folder.ts';
import { type Selection, selectCases } from './selection.ts';

/** The target as shown in reports: key and account are masked, also in the URL. */
export interface ShownTarget extends Pick<Report, 'target'> {
  /** Undefined for targets without a URL. */
  readonly baseUrl: string | undefined;
}

/** Describes the target for reports. @param mask masks the run's secrets @param recording of a replay */
export function showTarget(
  { target: kind, baseUrl }: Pick<Settings, 'target' | 'baseUrl'>,
  mask: (text: string) => string,
  recording?: ReportedRecording,
): ShownTarget {
  if (recording !== undefined) {
    const { host, ...rest } = recording;
    return { target: { kind, host, recording: rest }, baseUrl: undefined };
  }
  return kind === 'mock'
    ? { target: { kind, host: 'built-in mock' }, baseUrl: undefined }
    : { target: { kind, host: mask(new URL(baseUrl).host) }, baseUrl: mask(baseUrl) };
}

/** All input of a run, read before anything is sent. */
export interface RunInputs {
  readonly settings: Settings;
  readonly contract: Contract;
  /** The target as shown in reports. */
  readonly shown: ShownTarget;
  /** The cases to judge. */
  readonly cases: readonly Case[];
  /** This part of a run; all parts have the same id. */
  readonly part: Pick<RunIdentity, 'id' | 'shard'> | undefined;
  /** The waivers for this target; undefined without a waivers file. */
  readonly waivers: LoadedWaivers | undefined;
  /** Pinned observations of open claims to compare with. */
  readonly pins: Pins | undefined;
  /** How the mock behaves where the page is silent. */
  readonly mockOptions: Partial<MockOptions>;
}

// File readers are loaded only if needed, because start-up is most of a run's time.
/** Reads the input of a run. @throws SetupError for the first error */
export async function readInputs(
  env: Environment,
  contract: Contract,
  selection: Selection,
  last: LastRun | undefined,
): Promise<RunInputs> {
  const settings = readSettings(env);
  const shown = showTarget(settings, await masks(settings), await readRecorded(settings, contract));
  const waivers = await readWaivers(settings, shown);
  const mockOptions =
    settings.mockOptions === undefined
      ? {}
      : (await import('../mock/options-file.ts')).readMockOptions(settings.mockOptions);
  last?.assertUsable(shown.target.host);
  const cases = selectCases(selection, settings, last?.failed);
  const pins =
    settings.observations === undefined
      ? undefined
      : (await import('../../reports/observation-pins.ts')).readPins(settings.observations);
  if (settings.record !== undefined) assertRecordable(settings.record);
  const part = selection.shard === undefined ? undefined : { id: idOfParts(env), shard: selection.shard };
  return { settings, contract, shown, cases, part, waivers, pins, mockOptions };
}

/** Whether some cases are not selected. */
export function isPart({ cases }: Pick<RunInputs, 'cases'>): boolean {
  return cases.length < allCases.length;
}

/** The report to compare with; undefined for none. @throws SetupError if it cannot be read */
export async function readBaseline({ JUSPAY_BASELINE: file = '' }: Environment): Promise<Report | undefined> {
  return file.trim() === '' ? undefined : (await import('../../reports/read-report.ts')).readReport(file.trim());
}

/** Masks a live run's secrets. The mock's key is public, and a recording has none. */
export async function masks(settings: Settings): Promise<(text: string) => string> {
  if (settings.target !== 'live') return (text) => text;
  return (await import('../secrets/run-secrets.ts')).createRunMasker(settings).mask;
}

/** The recording of a replay; undefined for other targets. */
async function readRecorded(
  { target, recording = '' }: Settings,
  contract: Contract,
): Promise<ReportedRecording | undefined> {
  if (target !== 'replay') return undefined;
  const { readRecording } = await import('../recording/recording.ts');
  const { run } = readRecording(recording);
  return {
    host: run.host,
    recorded: run.recorded,
    contractSha256: run.contract.sha256,
    contractChanged: run.contract.sha256 !== contract.sha256,
  };
}

async function readWaivers(settings: Settings, { target }: ShownTarget): Promise<LoadedWaivers | undefined> {
  if (settings.waivers === '') return undefined;
  const { loadWaivers } = await import('../waivers/load-waivers.ts');
  const host =
    target.kind === 'mock' ? 'mock' : target.kind === 'replay' ? target.host : new URL(settings.baseUrl).host;
  return loadWaivers(settings.waivers, host, new Date().toISOString().slice(0, 10));
}

/** Checked before anything is sent, because a run whose recording is lost has to be repeated. */
function assertRecordable(file: string): void {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error('it is a folder');
    assertRoom(file);
  } catch (thrown) {
    throw new SetupError(`JUSPAY_RECORD is ${JSON.stringify(file)}, which cannot be written: ${messageOf(thrown)}`);
  }
}

/** Variables with the id of a pipeline run, the same in all its jobs. */
const PIPELINES = [
  ['GITHUB_RUN_ID', 'GITHUB_RUN_ATTEMPT'],
  ['CI_PIPELINE_ID'],
  ['CIRCLE_WORKFLOW_ID'],
  ['BUILDKITE_BUILD_ID'],
  ['BUILD_BUILDID'],
  ['BUILD_TAG'],
] as const;

/**
 * The common id of the parts of one run, so that parts of different runs are not joined: from the pipeline, or else the date.
 */
function idOfParts(env: Environment): string {
  const [first] = PIPELINES.map((names) => names.map((name) => env[name] ?? '')).filter(([id]) => id !== '');
  const run = first?.join(' ') ?? new Date().toISOString().slice(0, 10);
  return createHash('sha256').update(run).digest('hex').slice(0, 12);
}
