import type { TestProject } from 'vitest/node';
import type { ReportedRecording } from '../../reports/report.ts';
import { type Contract, loadContract } from '../../spec/contract.ts';
import { ContractError } from '../../spec/contract-error.ts';
import { HarError } from '../recording/har.ts';
import { loadEnvironment } from '../settings/environment.ts';
import { readSettings, type Settings, SettingsError } from '../settings/settings.ts';
import { openTarget } from '../targets/open-target.ts';
import { PreflightError, preflight } from './preflight.ts';

declare module 'vitest' {
  interface ProvidedContext {
    settings: Settings;
    contract: Contract;
    /** Where something else than a mock or a live server is judged: what, for titles. */
    judged: string | undefined;
    recording: ReportedRecording | undefined;
  }
}

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
    if (settings.target === 'sandbox') await askOnce(settings, contract);
    if (settings.target === 'replay') await provideRecording(project, settings, contract);
  } catch (thrown) {
    if (
      !(
        thrown instanceof SettingsError ||
        thrown instanceof ContractError ||
        thrown instanceof PreflightError ||
        thrown instanceof HarError
      )
    )
      throw thrown;
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
