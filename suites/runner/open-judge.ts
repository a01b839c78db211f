import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { safeJson } from '../../reports/terminal.ts';
import { writeWhole } from '../../reports/write-whole.ts';
import { allCases } from '../cases/all.ts';
import type { Case } from '../cases/case.ts';
import { keepEarlierRefusals } from '../judge/case-record.ts';
import type { CaseResult } from '../judge/result.ts';
import { meetOrdinary } from '../judge/run.ts';
import type { RecordingHar } from '../recording/recorded-run.ts';
import { maskResult } from '../secrets/mask-result.ts';
import { createRunMasker } from '../secrets/run-secrets.ts';
import { learningTokens, maskTokens } from '../secrets/tokens.ts';
import type { HttpAnswer, Target } from '../targets/target.ts';
import { waive } from '../waivers/waiver.ts';
import { EvidenceRoom } from './evidence-room.ts';
import { judgeLeased } from './judge-case.ts';
import { openTarget } from './open-target.ts';
import { openRun } from './operation.ts';
import { preflight, whyLost } from './preflight.ts';
import type { RunInputs } from './run-inputs.ts';
import type { RunIo } from './run-io.ts';
import { planText } from './run-plan.ts';
import type { Begun } from './run-record.ts';

/** Judges single cases within the target's limits. */
export interface Judge {
  readonly target: Target;
  readonly mask: (text: string) => string;
  /** The result, masked and waived. */
  judge(testCase: Case): Promise<CaseResult>;
  /** Sends an ordinary call to a live target. @returns why it is refused; undefined if it is not */
  isLost(): Promise<string | undefined>;
  /** Writes the recording so far. @throws if it cannot be written */
  saveRecording(): void;
}

/** Opens the target and runs the preflight. @throws PreflightError if it fails */
export async function openJudge(inputs: RunInputs, io: RunIo, begun: Begun): Promise<Judge> {
  const { settings, contract, cases } = inputs;
  const waivers = inputs.waivers?.waivers ?? [];
  const target = await openTarget(inputs);
  try {
    const masker = createRunMasker(target);
    let maskOthers: ((result: CaseResult) => CaseResult) | undefined;
    let ordinary: HttpAnswer | undefined;
    if (settings.target === 'live') {
      io.onMasker?.(masker);
      maskOthers = (await import('../secrets/personal-data.ts')).createPersonalDataMask();
      if (settings.production) io.stderr.write(`${masker.mask(planText(settings, cases))}\n`);
      ordinary = await preflight(target);
    }
    const learning = learningTokens(target, masker);
    const recorder = await startRecording(learning, inputs, begun);
    const run = openRun(contract, recorder?.target ?? learning, undefined, settings.properties);
    // Access was granted before the first case, or in the recorded run.
    if (settings.target !== 'mock') {
      run.access.letIn();
      keepEarlierRefusals(allCases, run);
    }
    if (ordinary !== undefined) meetOrdinary(run, ordinary);
    const room = new EvidenceRoom();
    return {
      target,
      mask: masker.mask,
      async judge(testCase) {
        const judged = waive(maskTokens(await judgeLeased(testCase, run)), waivers);
        return room.fit(maskResult(maskOthers?.(judged) ?? judged, masker.mask));
      },
      isLost: async () => (settings.target === 'live' ? whyLost(target) : undefined),
      saveRecording: () => recorder?.save(),
    };
  } catch (thrown) {
    await target.close();
    throw thrown;
  }
}

async function startRecording(
  target: Target,
  { settings: { record, baseUrl }, contract }: RunInputs,
  { started }: Begun,
): Promise<{ readonly target: Target; save(): void } | undefined> {
  if (record === undefined) return undefined;
  const { recordTarget } = await import('../recording/recorder.ts');
  const nonce = randomBytes(12).toString('hex');
  const recorder = recordTarget(target, { contract, baseUrl, nonce, started });
  return { target: recorder.target, save: () => writeRecording(recorder.har(), record) };
}

/** Writes a recording atomically. Indented, to compare two recordings by diff. */
export function writeRecording(har: RecordingHar, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, `${safeJson(har, 1)}\n`);
}
