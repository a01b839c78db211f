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

/** What every case of a run is judged with. */
export interface Run extends Compiled {
  readonly operation: Operation;
  readonly target: Target;
  /** Belongs to this run alone: new customers are named after it. */
  readonly nonce: string;
  /** Where a case is asked several times over: which time this is. */
  readonly part?: string;
  /** Every answer so far. */
  readonly memory: Memory;
  readonly noAnswers: NoAnswers;
  readonly access: LostAccess;
  /** Makes an ordinary call. @param why it is asked @param position how often it was asked for this reason */
  ordinary(why: string, position: number): Promise<HttpOutcome>;
  /** Waits so many milliseconds on a live server; no other forgets while nobody calls. */
  pause(ms: number): Promise<void>;
  readonly diagnosis: Pick<RefusalDiagnosis, 'control' | 'explain'>;
  /** How far properties are tried. */
  readonly properties: PropertyPlan;
}

/** Prepares a run of cases. @param nonce default: the recording's, or random @param properties default: a few runs of each */
export function openRun(
  operation: Operation,
  contract: Contract,
  target: Target,
  nonce: string = target.nonce ?? randomBytes(12).toString('hex'),
  properties: PropertyPlan = FEW_RUNS,
): Run {
  const memory = new Memory(operation);
  const ask: Ask = async (call, scope, position) => {
    // By what is explained and not by a count of the run: cases explain their refusals in any order.
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
      const { outcome } = await ask(
        { fields: operation.renamed(operation.ordinaryCall.fields, 'control') },
        scope,
        position,
      );
      if (outcome.kind === 'answer' || !mayBeAnswer(outcome)) return outcome;
      // What the ordinary call has in common with the one that got no answer may be the reason.
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

/** Keeps the answer to the ordinary request, made before the cases. */
export function meetOrdinary({ memory, operation, target }: Run, answer: HttpAnswer): void {
  const name = operation.namedIn(operation.ordinaryRequest(target));
  const fields = { ...operation.ordinaryCall.fields, [operation.nameSuspect.field]: name };
  meet(memory, operation, { name, fields, where: 'the ordinary call before the cases' }, answer);
}

/** Keeps an accepted answer that no case asked for, so that those of the cases are held against it. */
function meet(memory: Memory, operation: Operation, met: MetCall, answer: HttpAnswer): void {
  const reading = isAccepted(answer) ? readJsonObject(answer) : undefined;
  if (met.name === '' || reading?.ok !== true || operation.nameIn(reading.value) !== met.name) return;
  memory.keepSent([met]);
  memory.meet({ ...met, value: reading.value });
}
