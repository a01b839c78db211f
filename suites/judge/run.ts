import { createHash, randomBytes } from 'node:crypto';
import type { Contract } from '../../spec/contract.ts';
import { type Echo, listEchoes } from '../../spec/echoes.ts';
import { compileSchemas, type Validators } from '../../spec/schemas.ts';
import type { Call } from '../cases/case.ts';
import { customer } from '../cases/data.ts';
import type { HttpRequest, Target } from '../targets/target.ts';
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

/** Prepares a run of cases. @param nonce default: random */
export function openRun(contract: Contract, target: Target, nonce: string = randomBytes(12).toString('hex')): Run {
  let asked = 0;
  const ask = (call: Call) => {
    asked += 1;
    const digits = createHash('sha256').update(`${nonce} ${asked}`).digest('hex');
    return target.send(buildRequest(call, target, digits));
  };
  return {
    target,
    validators: compileSchemas(contract.document, { checked: true }),
    echoes: listEchoes(contract.document),
    nonce,
    diagnosis: new RefusalDiagnosis(ask),
  };
}

/** Any digits will do, so long as they stay the same: this customer is kept from run to run. */
const ORDINARY_DIGITS = 'c0'.repeat(32);

/** An ordinary call, of the one customer that is met whenever a target is asked apart from a case. */
export function ordinaryRequest(target: Pick<Target, 'apiKey' | 'merchantId'>): HttpRequest {
  return buildRequest({ fields: customer() }, target, ORDINARY_DIGITS);
}
