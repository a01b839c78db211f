import type { TestProject } from 'vitest/node';
import type { Pins } from '../../reports/observation-pins.ts';
import type { ReportedRecording } from '../../reports/report.ts';
import { type Contract, loadContract } from '../../spec/contract.ts';
import { loadEnvironment } from '../settings/environment.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { openTarget, readMockFreedoms } from '../targets/open-target.ts';
import { preflight } from './preflight.ts';

declare module 'vitest' {
  interface ProvidedContext {
    settings: Settings;
    contract: Contract;
    /** Where something else than a mock or a live server is judged: what, for titles. */
    judged: string | undefined;
    recording: ReportedRecording | undefined;
    pins: Pins | undefined;
  }
}

/** Errors, by name, that say what to do: their message is all that a person needs. By name, so that none is loaded for it. */
const EXPLAINED = new Set([
  'SettingsError',
  'ContractError',
  'PreflightError',
  'HarError',
  'FreedomsError',
  'PinsError',
]);

/**
 * Before any case: reads the settings and the contract, and asks a live target once. What stops a run here is said in one
 * message, with exit code 2.
 */
export default async function setup(project: TestProject): Promise<void> {
  try {
    loadEnvironment();
    const settings = readSettings(process.env);
    const contract = await loadContract();
    project.provide('settings', settings);
    project.provide('contract', contract);
    if (settings.mockFreedoms !== undefined) await readMockFreedoms(settings.mockFreedoms);
    if (settings.observations !== undefined) project.provide('pins', await readObservations(settings.observations));
    if (settings.target === 'sandbox') await askOnce(settings, contract);
    if (settings.target === 'replay') await provideRecording(project, settings, contract);
  } catch (thrown) {
    if (!(thrown instanceof Error && EXPLAINED.has(thrown.name))) throw thrown;
    process.stderr.write(`could not judge: ${thrown.message}\n`);
    process.exit(2);
  }
}

async function provideRecording(project: TestProject, settings: Settings, contract: Contract): Promise<void> {
  const { readRecording } = await import('../recording/recording.ts');
  const { run } = readRecording(settings.recording ?? '');
  const recording = {
    host: run.host,
    recorded: run.recorded,
    contractSha256: run.contract.sha256,
    contractChanged: run.contract.sha256 !== contract.sha256,
  };
  project.provide('recording', recording);
  project.provide('judged', `replay of ${run.recorded.slice(0, 10)}`);
}

async function askOnce(settings: Settings, contract: Contract): Promise<void> {
  const target = await openTarget(settings, contract);
  try {
    await preflight(target);
  } finally {
    await target.close();
  }
}

async function readObservations(file: string): Promise<Pins> {
  return (await import('../../reports/observation-pins.ts')).readPins(file);
}
