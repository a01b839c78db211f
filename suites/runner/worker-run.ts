import { inject } from 'vitest';
import type { Claim } from '../../spec/claims.ts';
import type { Case } from '../cases/case.ts';
import type { CaseResult } from '../judge/result.ts';
import { openRun } from '../judge/run.ts';
import { createRunMasker } from '../secrets/run-secrets.ts';
import { learningTokens, maskTokens } from '../secrets/tokens.ts';
import { openTarget } from '../targets/open-target.ts';
import { waive } from '../waivers/waiver.ts';
import { openJournal } from './journal.ts';
import { judgeLeased } from './judge-leased.ts';

/** What the suites of one worker share, so that the target's bounds hold for all of them together. */
export interface WorkerRun {
  readonly claims: ReadonlyMap<string, Claim>;
  /** Judges a case; its result is masked, waived where it is known, and in the journal. */
  judged(testCase: Case): Promise<CaseResult>;
  mask(text: string): string;
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
  const waivers = inject('waivers') ?? [];
  const live = settings.target === 'sandbox';
  const opened = await openTarget(settings, contract, inject('spent'));
  const masker = createRunMasker(opened);
  const run = openRun(contract, learningTokens(opened, masker), undefined, settings.properties);
  const maskOthers = live ? (await import('../secrets/personal-data.ts')).createPersonalDataMask() : undefined;
  const write = openJournal(settings.reportDir);
  return {
    claims: new Map(contract.claims.map((claim) => [claim.id, claim])),
    mask: (text) => masker.mask(text),
    async judged(testCase) {
      const judged = waive(maskTokens(await judgeLeased(testCase, run)), waivers);
      const result = masker.maskDeep(maskOthers?.(judged) ?? judged);
      write(result);
      return result;
    },
  };
}
