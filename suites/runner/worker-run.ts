import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type { Claim } from '../../spec/claims.ts';
import type { Contract } from '../../spec/contract.ts';
import type { Case } from '../cases/case.ts';
import type { CaseResult } from '../judge/result.ts';
import { createRunMasker } from '../secrets/run-secrets.ts';
import { learningTokens, maskTokens } from '../secrets/tokens.ts';
import type { Settings } from '../settings/settings.ts';
import type { Target } from '../targets/target.ts';
import { waive } from '../waivers/waiver.ts';
import { openJournal } from './journal.ts';
import { judgeLeased } from './judge-leased.ts';
import { openTarget } from './open-target.ts';
import { openRun } from './operation.ts';

/** What the suites of one worker share, so that the target's bounds hold for all of them together. */
export interface WorkerRun {
  readonly claims: ReadonlyMap<string, Claim>;
  /** Judges a case; its result is masked, waived where it is known, and in the journal. */
  judged(testCase: Case): Promise<CaseResult>;
  mask(text: string): string;
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
  const waivers = inject('waivers') ?? [];
  const live = settings.target === 'live';
  const target = await openTarget(settings, contract, inject('spent'));
  const masker = createRunMasker(target);
  const learning = learningTokens(target, masker);
  const recorder =
    settings.record === undefined ? undefined : await startRecording(learning, contract, settings, settings.record);
  const run = openRun(contract, recorder?.target ?? learning, undefined, settings.properties);
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
  const { writeRecording } = await import('./write-recording.ts');
  const nonce = randomBytes(12).toString('hex');
  const recorder = new Recorder(target, { contract, baseUrl, nonce, started: new Date() });
  return { target: recorder.target, save: () => writeRecording(recorder.har(), file) };
}
