import { randomBytes } from 'node:crypto';
import type { Contract } from '../../spec/contract.ts';
import { type Echo, listEchoes } from '../../spec/echoes.ts';
import { compileSchemas, type Validators } from '../../spec/schemas.ts';
import { customer, customerWithToken } from '../cases/data.ts';
import type { Target } from '../targets/target.ts';
import { buildRequest } from './request.ts';

/** What every case of a run is judged with. */
export interface Run {
  readonly target: Target;
  readonly validators: Validators;
  readonly echoes: readonly Echo[];
  /** Belongs to this run alone: new customers are named after it. */
  readonly nonce: string;
  /** Whether an ordinary call is accepted: what a refusal of a special one is compared with. Asked once at most. */
  controlIsAccepted(control: 'ordinary' | 'with-token'): Promise<boolean>;
}

/** Prepares a run of cases. @param nonce default: random */
export function openRun(contract: Contract, target: Target, nonce: string = randomBytes(12).toString('hex')): Run {
  return {
    target,
    validators: compileSchemas(contract.document, { checked: true }),
    echoes: listEchoes(contract.document),
    nonce,
    controlIsAccepted: controls(target),
  };
}

/** Any digits will do, so long as they stay the same: the controls' customers are kept from run to run. */
const CONTROL_DIGITS = 'c0'.repeat(32);

function controls(target: Target): Run['controlIsAccepted'] {
  const asked = new Map<string, Promise<boolean>>();
  return (control) => {
    const known = asked.get(control);
    if (known !== undefined) return known;
    const fields = control === 'ordinary' ? customer() : customerWithToken();
    const answer = target
      .send(buildRequest({ fields }, target, CONTROL_DIGITS))
      .then((outcome) => outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300);
    asked.set(control, answer);
    return answer;
  };
}
