import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type { Claim } from '../../spec/claims.ts';
import type { Contract } from '../../spec/contract.ts';
import type { CaseResult } from '../judge/result.ts';
import { openRun, type Run } from '../judge/run.ts';
import { createRunMasker, maskResult } from '../secrets/run-secrets.ts';
import type { Settings } from '../settings/settings.ts';
import { openTarget } from '../targets/open-target.ts';
import type { Target } from '../targets/target.ts';

/** What the suites of one worker share, so that the target's bounds hold for all of them together. */
export interface WorkerRun {
  readonly run: Run;
  readonly claims: ReadonlyMap<string, Claim>;
  /** The result with everything masked that must not leave the process. */
  masked(result: CaseResult): CaseResult;
  /** Writes what was recorded so far, where the run is recorded. */
  saveRecording(): void;
}

let opened: Promise<WorkerRun> | undefined;

/** The worker's run; opened at the first call. Its connections end with the worker. */
export function workerRun(): Promise<WorkerRun> {
  opened ??= open();
  return opened;
}

async function open(): Promise<WorkerRun> {
  const settings = inject('settings');
  const contract = inject('contract');
  const opened = await openTarget(settings, contract);
  const recorder =
    settings.record === undefined ? undefined : await startRecording(opened, contract, settings, settings.record);
  const target = recorder?.target ?? opened;
  const masker = createRunMasker(target);
  return {
    run: openRun(contract, target),
    claims: new Map(contract.claims.map((claim) => [claim.id, claim])),
    masked: (result) => maskResult(result, masker),
    saveRecording: () => recorder?.save(),
  };
}

async function startRecording(
  target: Target,
  contract: Contract,
  { baseUrl }: Settings,
  file: string,
): Promise<{ readonly target: Target; save(): void }> {
  const { Recorder } = await import('../recording/recorder.ts');
  const { writeRecording } = await import('../recording/write-recording.ts');
  const nonce = randomBytes(12).toString('hex');
  const recorder = new Recorder(target, { contract, baseUrl, nonce, started: new Date() });
  return { target: recorder.target, save: () => writeRecording(recorder.har(), file) };
}
