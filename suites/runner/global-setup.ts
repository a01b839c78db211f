import type { TestProject } from 'vitest/node';
import type { Pins } from '../../reports/observation-pins.ts';
import type { Report } from '../../reports/report.ts';
import { type Contract, loadContract } from '../../spec/contract.ts';
import { SetupError } from '../../spec/setup-error.ts';
import { loadEnvironment } from '../settings/environment.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import type { Spent } from '../targets/target.ts';
import type { Waiver } from '../waivers/waiver.ts';
import { beginReport } from './begin-report.ts';
import { readMockOptions } from './open-target.ts';
import { PreflightError, words } from './preflight-error.ts';
import { masks, readBaseline, readObservations, readRecorded, readWaivers, select } from './read-inputs.ts';
import { prepareFolder } from './report-folder.ts';
import { makeStacksSafe } from './safe-stacks.ts';
import { type ShownTarget, showTarget } from './shown-target.ts';

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
    /** Observations of open claims that this run's are compared with. */
    pins: Pins | undefined;
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
    const shown = showTarget(settings, await masks(settings), await readRecorded(settings, contract));
    const waivers = await readWaivers(settings, shown, started);
    if (settings.mockOptions !== undefined) await readMockOptions(settings.mockOptions);
    project.provide('settings', settings);
    project.provide('shown', shown);
    project.provide('contract', contract);
    project.provide('waivers', waivers);
    const selected = await select(settings, shown.target.host);
    project.provide('selected', selected);
    project.provide('pins', await readObservations(settings));
    project.provide('baseline', await readBaseline(settings));
    project.provide('spent', undefined);
    project.provide('ended', undefined);
    prepareFolder(settings.reportDir);
    const context = { settings, shown, contract, waivers, selected, started };
    if (settings.target !== 'live') {
      // While the worker starts, which this thread would otherwise wait for.
      setImmediate(() => beginReport(context));
      return;
    }
    const { beforeLive } = await import('./before-live.ts');
    project.provide('spent', await beforeLive(context));
  } catch (thrown) {
    const verdict = verdictOf(thrown);
    if (verdict === undefined || !(thrown instanceof Error)) throw thrown;
    process.stderr.write(`${words(verdict)}: ${thrown.message}\n`);
    // The reporter has the last word on the exit code, as it has for every run.
    project.provide('ended', verdict);
    process.exit();
  }
}

function verdictOf(thrown: unknown): PreflightError['verdict'] | undefined {
  if (thrown instanceof PreflightError) return thrown.verdict;
  return thrown instanceof SetupError ? 'could-not-judge' : undefined;
}
