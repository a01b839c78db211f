import type { TestProject } from 'vitest/node';
import { proofIn } from '../../reports/proof.ts';
import { type Contract, loadContract } from '../../spec/contract.ts';
import { ContractError } from '../../spec/contract-error.ts';
import { loadEnvironment } from '../settings/environment.ts';
import { readSettings, type Settings, SettingsError } from '../settings/settings.ts';
import { openTarget } from '../targets/open-target.ts';
import { PreflightError, preflight } from './preflight.ts';

declare module 'vitest' {
  interface ProvidedContext {
    settings: Settings;
    contract: Contract;
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
    await checkInputs(settings);
    project.provide('settings', settings);
    project.provide('contract', contract);
    if (settings.target === 'sandbox') await askOnce(settings, contract);
  } catch (thrown) {
    if (!isForThePerson(thrown)) throw thrown;
    process.stderr.write(`could not judge: ${thrown.message}\n`);
    process.exit(2);
  }
}

function isForThePerson(thrown: unknown): thrown is Error {
  const ours = [SettingsError, ContractError, PreflightError];
  return thrown instanceof Error && (thrown.name === 'UnreadableReport' || ours.some((kind) => thrown instanceof kind));
}

/** What the report is made with besides the run: where it cannot be read, that is said now, and not when all is judged. */
async function checkInputs({ baseline, reportDir }: Settings): Promise<void> {
  if (baseline !== undefined) (await import('../../reports/read-report.ts')).readReport(baseline);
  await proofIn(reportDir);
}

async function askOnce(settings: Settings, contract: Contract): Promise<void> {
  const target = await openTarget(settings, contract);
  try {
    await preflight(target);
  } finally {
    await target.close();
  }
}
