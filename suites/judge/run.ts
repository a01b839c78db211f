import { createHash, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Contract } from '../../spec/contract.ts';
import { FEW_RUNS, type PropertyPlan } from '../cases/property-plan.ts';
import type { HttpAnswer, HttpOutcome, Target } from '../targets/target.ts';
import { isAccepted, readJsonObject } from './body.ts';
import { RefusalDiagnosis } from './diagnosis.ts';
import type { Ask } from './explained.ts';
import { LostAccess } from './lost-access.ts';
import { Memory } from './memory.ts';
import { mayBeAnswer, NoAnswers } from './no-answer.ts';
import type { Compiled, Operation } from './operation.ts';
import type { MetCall } from './sent-values.ts';

/** The context of all cases of a run. */
export interface Run extends Compiled {
  readonly operation: Operation;
  readonly target: Target;
  /** Unique to the run, for the references of new customers. */
  readonly nonce: string;
  /** Which repetition of a case this is. */
  readonly part?: string;
  /** All answers so far. */
  readonly memory: Memory;
  readonly noAnswers: NoAnswers;
  readonly access: LostAccess;
  /** Sends an ordinary call. @param why the reason @param position number of earlier calls for this reason */
  ordinary(why: string, position: number): Promise<HttpOutcome>;
  /** Waits on a live server; other targets do not depend on time. */
  pause(ms: number): Promise<void>;
  readonly diagnosis: Pick<RefusalDiagnosis, 'control' | 'explain'>;
  /** How often properties are tried. */
  readonly properties: PropertyPlan;
}

/** Prepares a run of cases. @param nonce default: the recording's, or random @param properties default: a few runs */
export function openRun(
  operation: Operation,
  contract: Contract,
  target: Target,
  nonce: string = target.nonce ?? randomBytes(12).toString('hex'),
  properties: PropertyPlan = FEW_RUNS,
): Run {
  const memory = new Memory(operation);
  const ask: Ask = async (call, scope, position) => {
    // Derived from what is explained instead of a counter, because the order of explanations varies.
    const digits = createHash('sha256').update(`${nonce} ${scope} ${position}`).digest('hex');
    const request = operation.buildRequest(call, target, digits);
    const fields = operation.fillFields(call, digits);
    const met = { name: operation.nameIn(fields), fields, where: 'a call that explains a refusal' };
    const outcome = await target.send(request, { case: 'diagnosis', step: scope, position });
    if (outcome.kind === 'answer') meet(memory, operation, met, outcome);
    return { call, fields, request, outcome };
  };
  return {
    ...operation.compile(contract),
    operation,
    target,
    nonce,
    memory,
    noAnswers: new NoAnswers(),
    access: new LostAccess(),
    async ordinary(why, position) {
      const scope = `ordinary, ${why}`;
      const { outcome } = await ask({ fields: operation.control(operation.ordinaryCall.fields) }, scope, position);
      if (outcome.kind === 'answer' || !mayBeAnswer(outcome)) return outcome;
      // The cause may be something that the ordinary call and the unanswered one have in common.
      return (
        await ask({ fields: operation.renamed(operation.otherCall.fields, 'control') }, `${scope}, other`, position)
      ).outcome;
    },
    properties,
    async pause(ms) {
      if (target.kind === 'live') await setTimeout(ms);
    },
    diagnosis: new RefusalDiagnosis(operation, ask, target.explained),
  };
}

/** Records the answer to the preflight's ordinary request. */
export function meetOrdinary({ memory, operation, target }: Run, answer: HttpAnswer): void {
  const name = operation.namedIn(operation.ordinaryRequest(target));
  const fields = { ...operation.ordinaryCall.fields, [operation.nameSuspect.field]: name };
  meet(memory, operation, { name, fields, where: 'the ordinary call before the cases' }, answer);
}

/** Records an accepted answer outside of cases, to compare the cases' answers with it. */
function meet(memory: Memory, operation: Operation, met: MetCall, answer: HttpAnswer): void {
  const reading = isAccepted(answer) ? readJsonObject(answer) : undefined;
  if (met.name === '' || reading?.ok !== true || operation.nameIn(reading.value) !== met.name) return;
  memory.keepSent([met]);
  memory.meet({ ...met, value: reading.value });
}
