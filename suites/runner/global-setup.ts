import type { TestProject } from 'vitest/node';
import type { Report } from '../../reports/report.ts';
import { type ShownTarget, showTarget } from '../../reports/shown-target.ts';
import { type Contract, loadContract } from '../../spec/contract.ts';
import { ContractError } from '../../spec/contract-error.ts';
import { loadEnvironment } from '../settings/environment.ts';
import { readSettings, type Settings, SettingsError } from '../settings/settings.ts';
import type { Spent } from '../targets/target.ts';
import type { Waiver } from '../waivers/waiver.ts';
import { clearJournal } from './journal.ts';
import { makeStacksSafe } from './safe-stacks.ts';
import { LastRunError, PreflightError } from './stopped.ts';

declare module 'vitest' {
  interface ProvidedContext {
    settings: Settings;
    contract: Contract;
    /** The target as it may be shown. */
    shown: ShownTarget;
    /** What the preflight used up of a live run's limits. */
    spent: Spent | undefined;
    /** The waivers for this target; undefined where the run was given no file of them. */
    waivers: readonly Waiver[] | undefined;
    /** How the preflight ended the run; undefined where it did not. */
    ended: PreflightError['verdict'] | undefined;
    /** What the run is compared with; read before its own report may take that one's place. */
    baseline: Report | undefined;
    /** Ids of the cases to run; null for all of them. */
    selected: readonly string[] | null;
  }
}

/**
 * Before any case: reads what the run is told, and asks a live target whether there is anything to judge. What stops a run
 * here is said in one message, with exit code 2, or 1 where the target accepts everything.
 */
export default async function setup(project: TestProject): Promise<void> {
  const started = new Date();
  makeStacksSafe();
  try {
    loadEnvironment();
    const settings = readSettings(process.env);
    const contract = await loadContract();
    const waivers = settings.waivers === '' ? undefined : await readWaivers(settings, started);
    const shown = showTarget(settings, await masks(settings));
    project.provide('settings', settings);
    project.provide('shown', shown);
    project.provide('contract', contract);
    project.provide('waivers', waivers);
    project.provide('selected', await select(settings, shown));
    project.provide('baseline', await readBaseline(settings));
    clearJournal(settings.reportDir);
    project.provide('spent', undefined);
    project.provide('ended', undefined);
    if (settings.target === 'mock') return;
    const { beforeLive } = await import('./before-live.ts');
    project.provide('spent', await beforeLive({ settings, shown, contract, waivers, started }));
  } catch (thrown) {
    const verdict = verdictOf(thrown);
    if (verdict === undefined || !(thrown instanceof Error)) throw thrown;
    process.stderr.write(`${verdict.replaceAll('-', ' ')}: ${thrown.message}\n`);
    // The reporter has the last word on the exit code, as it has for every run.
    project.provide('ended', verdict);
    process.exit();
  }
}

function verdictOf(thrown: unknown): PreflightError['verdict'] | undefined {
  if (thrown instanceof PreflightError) return thrown.verdict;
  const ours = [SettingsError, ContractError, LastRunError].some((kind) => thrown instanceof kind);
  // Loaded only where there is such a file.
  const byName = thrown instanceof Error && ['WaiverError', 'UnreadableReport'].includes(thrown.name);
  return ours || byName ? 'could-not-judge' : undefined;
}

async function readBaseline({ baseline }: Settings): Promise<Report | undefined> {
  return baseline === '' ? undefined : (await import('../../reports/read-report.ts')).readReport(baseline);
}

/** The mock's key and merchant id are known to everyone, and the mock has no address. */
async function masks(settings: Settings): Promise<(text: string) => string> {
  if (settings.target === 'mock') return (text) => text;
  return (await import('../secrets/run-secrets.ts')).createRunMasker(settings).mask;
}

async function readWaivers(settings: Settings, now: Date): Promise<Waiver[]> {
  const { loadWaivers } = await import('../waivers/load-waivers.ts');
  const host = settings.target === 'mock' ? 'mock' : new URL(settings.baseUrl).host;
  return loadWaivers(settings.waivers, host, now.toISOString().slice(0, 10));
}

async function select(settings: Settings, shown: ShownTarget): Promise<string[] | null> {
  const { production, only, reportDir } = settings;
  let selected: string[] | null = null;
  if (only === 'failed') {
    const { lastFailed } = await import('./last-failed.ts');
    selected = lastFailed(reportDir, shown.host);
  }
  if (!production) return selected;
  const [{ allCases }, { inProduction }] = await Promise.all([import('../cases/all.ts'), import('./selection.ts')]);
  return allCases.filter((one) => inProduction(one) && (selected?.includes(one.id) ?? true)).map(({ id }) => id);
}
