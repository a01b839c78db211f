import { randomBytes } from 'node:crypto';
import type { Contract } from '../../spec/contract.ts';
import { type Echo, listEchoes } from '../../spec/echoes.ts';
import { compileSchemas, type Validators } from '../../spec/schemas.ts';
import { customer, customerWithToken } from '../cases/data.ts';
import type { HttpRequest, Target } from '../targets/target.ts';
import { buildRequest } from './request.ts';

/** What every case of a run is judged with. */
export interface Run {
  readonly target: Target;
  readonly validators: Validators;
  readonly echoes: readonly Echo[];
  /** Belongs to this run alone: new customers are named after it. */
  readonly nonce: string;
  /** What becomes of an ordinary call: what a refusal of a special one is compared with. Answered once at most. */
  control(control: 'ordinary' | 'with-token'): Promise<ControlOutcome>;
}

/** Text: why no answer came that would tell. */
export type ControlOutcome = 'accepted' | 'refused' | { readonly failure: string };

/** Prepares a run of cases. @param nonce default: random */
export function openRun(contract: Contract, target: Target, nonce: string = randomBytes(12).toString('hex')): Run {
  return {
    target,
    validators: compileSchemas(contract.document, { checked: true }),
    echoes: listEchoes(contract.document),
    nonce,
    control: controls(target),
  };
}

/** Any digits will do, so long as they stay the same: the controls' customers are kept from run to run. */
const CONTROL_DIGITS = 'c0'.repeat(32);

/** An ordinary call, of the one customer that is met whenever a target is asked apart from a case. */
export function ordinaryRequest(
  target: Pick<Target, 'apiKey' | 'merchantId'>,
  control: 'ordinary' | 'with-token' = 'ordinary',
): HttpRequest {
  return buildRequest({ fields: control === 'ordinary' ? customer() : customerWithToken() }, target, CONTROL_DIGITS);
}

function controls(target: Target): Run['control'] {
  const asked = new Map<string, Promise<ControlOutcome>>();
  return (control) => {
    const known = asked.get(control);
    if (known !== undefined) return known;
    const answer = target.send(ordinaryRequest(target, control)).then((outcome): ControlOutcome => {
      if (outcome.kind === 'answer') return outcome.status >= 200 && outcome.status < 300 ? 'accepted' : 'refused';
      // The next one to ask may fare better.
      asked.delete(control);
      return { failure: outcome.message };
    });
    asked.set(control, answer);
    return answer;
  };
}
