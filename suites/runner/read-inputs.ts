import type { Pins } from '../../reports/observation-pins.ts';
import type { Report, ReportedRecording } from '../../reports/report.ts';
import type { Contract } from '../../spec/contract.ts';
import type { Settings } from '../settings/settings.ts';
import type { Waiver } from '../waivers/waiver.ts';
import type { ShownTarget } from './shown-target.ts';

// What reads a file is loaded only where there is one: start-up is most of a run's time.

/** What is replayed; undefined for a run that replays nothing. */
export async function readRecorded(
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

/** The pinned observations; undefined where the run was given no file of them. */
export async function readObservations({ observations }: Settings): Promise<Pins | undefined> {
  return observations === undefined
    ? undefined
    : (await import('../../reports/observation-pins.ts')).readPins(observations);
}

/** The report of the run that this one is compared with; undefined for none. */
export async function readBaseline({ baseline }: Settings): Promise<Report | undefined> {
  return baseline === '' ? undefined : (await import('../../reports/read-report.ts')).readReport(baseline);
}

/** The mock's key and merchant id are known to everyone; a recording holds none. */
export async function masks(settings: Settings): Promise<(text: string) => string> {
  if (settings.target !== 'live') return (text) => text;
  return (await import('../secrets/run-secrets.ts')).createRunMasker(settings).mask;
}

/** The waivers for a target; undefined where the run was given no file of them. */
export async function readWaivers(
  settings: Settings,
  { target }: ShownTarget,
  now: Date,
): Promise<Waiver[] | undefined> {
  if (settings.waivers === '') return undefined;
  const { loadWaivers } = await import('../waivers/load-waivers.ts');
  const host =
    target.kind === 'mock' ? 'mock' : target.kind === 'replay' ? target.host : new URL(settings.baseUrl).host;
  return loadWaivers(settings.waivers, host, now.toISOString().slice(0, 10));
}

/** Ids of the cases to run; null for all of them. @param host the target's, as reports have it */
export async function select(settings: Settings, host: string): Promise<string[] | null> {
  const { production, only, reportDir } = settings;
  let selected: string[] | null = null;
  if (only === 'failed') {
    const { lastFailed } = await import('./last-failed.ts');
    selected = lastFailed(reportDir, host);
  }
  if (!production) return selected;
  const [{ allCases }, { inProduction }] = await Promise.all([import('../cases/all.ts'), import('./selection.ts')]);
  return allCases.filter((one) => inProduction(one) && (selected?.includes(one.id) ?? true)).map(({ id }) => id);
}
