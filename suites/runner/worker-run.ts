import { inject } from 'vitest';
import type { Claim } from '../../spec/claims.ts';
import type { CaseResult } from '../judge/result.ts';
import { openRun, type Run } from '../judge/run.ts';
import { createRunMasker, maskResult } from '../secrets/run-secrets.ts';
import { openTarget } from '../targets/open-target.ts';

/** What the suites of one worker share, so that the target's bounds hold for all of them together. */
export interface WorkerRun {
  readonly run: Run;
  readonly claims: ReadonlyMap<string, Claim>;
  /** The result with everything masked that must not leave the process. */
  masked(result: CaseResult): CaseResult;
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
  const target = await openTarget(settings, contract);
  const masker = createRunMasker(target);
  return {
    run: openRun(contract, target, undefined, settings.properties),
    claims: new Map(contract.claims.map((claim) => [claim.id, claim])),
    masked: (result) => maskResult(result, masker),
  };
}
