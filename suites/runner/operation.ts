import type { Contract } from '../../spec/contract.ts';
import type { PropertyPlan } from '../cases/property-plan.ts';
import { customerOperation } from '../judge/customer/operation.ts';
import type { Operation } from '../judge/operation.ts';
import { openRun as openRunOf, type Run } from '../judge/run.ts';
import type { Target } from '../targets/target.ts';

/** The operation under test; all other modules get it from here. */
export const OPERATION: Operation = customerOperation;

/** Prepares a run of this suite's cases. */
export function openRun(contract: Contract, target: Target, nonce?: string, properties?: PropertyPlan): Run {
  return openRunOf(OPERATION, contract, target, nonce, properties);
}
