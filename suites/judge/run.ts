import { createHash, randomBytes } from 'node:crypto';
import type { Contract } from '../../spec/contract.ts';
import { type Echo, listEchoes } from '../../spec/echoes.ts';
import { compileSchemas, type Validators } from '../../spec/schemas.ts';
import type { Call } from '../cases/case.ts';
import type { Target } from '../targets/target.ts';
import { RefusalDiagnosis } from './diagnosis.ts';
import { buildRequest } from './request.ts';

/** What every case of a run is judged with. */
export interface Run {
  readonly target: Target;
  readonly validators: Validators;
  readonly echoes: readonly Echo[];
  /** Belongs to this run alone: new customers are named after it. */
  readonly nonce: string;
  readonly diagnosis: RefusalDiagnosis;
}

/** Prepares a run of cases. @param nonce default: the recording's, or random */
export function openRun(
  contract: Contract,
  target: Target,
  nonce: string = target.nonce ?? randomBytes(12).toString('hex'),
): Run {
  const ask = async (call: Call, scope: string, position: number): Promise<number | undefined> => {
    // By what is explained and not by a count of the run: cases explain their refusals in any order.
    const digits = createHash('sha256').update(`${nonce} ${scope} ${position}`).digest('hex');
    const outcome = await target.send(buildRequest(call, target, digits), { case: 'diagnosis', step: scope, position });
    return outcome.kind === 'answer' ? outcome.status : undefined;
  };
  return {
    target,
    validators: compileSchemas(contract.document, { checked: true }),
    echoes: listEchoes(contract.document),
    nonce,
    // A recording holds no more than its own run was allowed to ask.
    diagnosis: new RefusalDiagnosis(ask, target.kind === 'replay' ? Number.POSITIVE_INFINITY : undefined),
  };
}
