import { createHash, randomBytes } from 'node:crypto';
import type { OpenAPIV3_1 } from 'openapi-types';
import type { Contract } from '../../spec/contract.ts';
import { type Echo, listEchoes } from '../../spec/echoes.ts';
import { compileSchemas, type Validators } from '../../spec/schemas.ts';
import type { Call } from '../cases/case.ts';

import { customer } from '../cases/data.ts';
import { FEW_RUNS, type PropertyPlan } from '../cases/property-plan.ts';
import type { HttpRequest, Target } from '../targets/target.ts';

import { RefusalDiagnosis } from './customer/diagnosis.ts';
import { buildRequest } from './customer/request.ts';

/** What every case of a run is judged with. */
export interface Run {
  readonly target: Target;
  readonly validators: Validators;
  readonly echoes: readonly Echo[];
  /** Belongs to this run alone: new customers are named after it. */
  readonly nonce: string;
  /** Where a case is asked several times over: which time this is. */
  readonly part?: string;
  readonly diagnosis: Pick<RefusalDiagnosis, 'control' | 'explain'>;
  /** The document's schema of requests: what properties are generated from. */
  readonly form: OpenAPIV3_1.SchemaObject;
  /** How far properties are tried. */
  readonly properties: PropertyPlan;
}

/** Prepares a run of cases. @param nonce default: the recording's, or random @param properties default: a few runs of each */
export function openRun(
  contract: Contract,
  target: Target,
  nonce: string = target.nonce ?? randomBytes(12).toString('hex'),
  properties: PropertyPlan = FEW_RUNS,
): Run {
  const ask = (call: Call, scope: string, position: number) => {
    // By what is explained and not by a count of the run: cases explain their refusals in any order.
    const digits = createHash('sha256').update(`${nonce} ${scope} ${position}`).digest('hex');
    return target.send(buildRequest(call, target, digits), { case: 'diagnosis', step: scope, position });
  };
  return {
    target,
    validators: compileSchemas(contract.document, { checked: true }),
    echoes: listEchoes(contract.document),
    nonce,
    form: contract.document.components?.schemas?.['CustomerForm'] as OpenAPIV3_1.SchemaObject,
    properties,
    // A recording holds no more than its own run was allowed to ask.
    diagnosis: new RefusalDiagnosis(ask, target.kind === 'replay' ? Number.POSITIVE_INFINITY : undefined),
  };
}

/** Any digits will do, so long as they stay the same: this customer is kept from run to run. */
const ORDINARY_DIGITS = 'c0'.repeat(32);

/** An ordinary call, of the one customer that is met whenever a target is asked apart from a case. */
export function ordinaryRequest(target: Pick<Target, 'apiKey' | 'merchantId'>): HttpRequest {
  return buildRequest({ fields: customer() }, target, ORDINARY_DIGITS);
}
