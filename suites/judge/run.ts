import { createHash, randomBytes } from 'node:crypto';
import type { OpenAPIV3_1 } from 'openapi-types';
import type { Contract } from '../../spec/contract.ts';
import { type Echo, listEchoes } from '../../spec/echoes.ts';
import { compileSchemas, type Validators } from '../../spec/schemas.ts';
import type { Call } from '../cases/case.ts';
import { FEW_RUNS, type PropertyPlan } from '../properties/plan.ts';
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
  readonly diagnosis: Pick<RefusalDiagnosis, 'control' | 'explain'>;
  /** The document's schema of requests: what properties are generated from. */
  readonly form: OpenAPIV3_1.SchemaObject;
  /** How far properties are tried. */
  readonly properties: PropertyPlan;
}

/** Prepares a run of cases. @param nonce default: random @param properties default: a few runs of each */
export function openRun(
  contract: Contract,
  target: Target,
  nonce: string = randomBytes(12).toString('hex'),
  properties: PropertyPlan = FEW_RUNS,
): Run {
  let asked = 0;
  const ask = async (call: Call): Promise<number | undefined> => {
    asked += 1;
    const digits = createHash('sha256').update(`${nonce} ${asked}`).digest('hex');
    const outcome = await target.send(buildRequest(call, target, digits));
    return outcome.kind === 'answer' ? outcome.status : undefined;
  };
  return {
    target,
    validators: compileSchemas(contract.document, { checked: true }),
    echoes: listEchoes(contract.document),
    nonce,
    form: contract.document.components?.schemas?.['CustomerForm'] as OpenAPIV3_1.SchemaObject,
    properties,
    diagnosis: new RefusalDiagnosis(ask),
  };
}
