import { createHash, randomBytes } from 'node:crypto';
import type { Contract } from '../../spec/contract.ts';
import { FEW_RUNS, type PropertyPlan } from '../cases/property-plan.ts';
import type { HttpOutcome, Target } from '../targets/target.ts';
import { type Ask, RefusalDiagnosis } from './diagnosis.ts';
import { LostAccess } from './lost-access.ts';
import { Memory } from './memory.ts';
import { NoAnswers } from './no-answer.ts';
import type { Compiled, Operation } from './operation.ts';

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
  const ask: Ask = async (call, scope, position) => {
    // By what is explained and not by a count of the run: cases explain their refusals in any order.
    const digits = createHash('sha256').update(`${nonce} ${scope} ${position}`).digest('hex');
    const request = operation.buildRequest(call, target, digits);
    const outcome = await target.send(request, { case: 'diagnosis', step: scope, position });
    const fields = operation.fillFields(call, digits);
    return { call, fields, request, outcome };
  };
  return {
    ...operation.compile(contract),
    operation,
    target,
    nonce,
    memory: new Memory(operation),
    noAnswers: new NoAnswers(),
    access: new LostAccess(),
    async ordinary(why, position) {
      const fields = operation.renamed(operation.ordinaryCall.fields, 'control');
      return (await ask({ fields }, `ordinary, ${why}`, position)).outcome;
    },
    properties,
    diagnosis: new RefusalDiagnosis(operation, ask, target.explained),
  };
}
