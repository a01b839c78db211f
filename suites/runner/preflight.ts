import { randomBytes } from 'node:crypto';
import { isAccepted } from '../judge/body.ts';
import type { HttpAnswer, Target } from '../targets/target.ts';
import { OPERATION } from './operation.ts';
import { PreflightError } from './preflight-error.ts';

/**
 * Asks a target twice before the cases: with an ordinary request, and with one that has nothing right in it. Where the first
 * is refused, whatever the status, every case that wants a refusal would pass without having been looked at.
 * @returns the answer to the ordinary request
 * @throws PreflightError where it cannot be reached, does not let the ordinary request in, or lets in everything
 */
export async function preflight(target: Target): Promise<HttpAnswer> {
  const request = OPERATION.ordinaryRequest(target);
  const first = await answerTo(target, request);
  // A server that fails now and then is for the cases to judge.
  const again = first.status >= 500 && !OPERATION.isLetIn(first) ? await answerTo(target, request) : first;
  const usual = (await forNewCustomer(target, again)) ?? again;
  if (!OPERATION.isLetIn(usual)) {
    throw new PreflightError(`${target.host} does not take an ordinary call: ${OPERATION.refusalInWords(usual)}`);
  }
  const wrong = await target.send(OPERATION.hopelessRequest(target));
  if (wrong.kind === 'answer' && isAccepted(usual) && isAccepted(wrong)) {
    throw new PreflightError(
      `${target.host} accepts everything: status ${usual.status} to an ordinary request, and ${wrong.status} to one without ` +
        `credentials, without a ${OPERATION.accountName} and with an empty body. That is a stub, not the service`,
      'does-not-conform',
    );
  }
  return usual;
}

/** Of a bad request alone: a service that refuses customers who exist already takes new ones, and is for the cases to judge. */
async function forNewCustomer(target: Target, refused: HttpAnswer): Promise<HttpAnswer | undefined> {
  if (![400, 409, 422].includes(refused.status) || OPERATION.isLetIn(refused)) return undefined;
  const answer = await answerTo(target, OPERATION.ordinaryRequest(target, randomBytes(32).toString('hex')));
  return OPERATION.isLetIn(answer) ? answer : undefined;
}

async function answerTo(target: Target, request: Parameters<Target['send']>[0]): Promise<HttpAnswer> {
  const outcome = await target.send(request);
  if (outcome.kind === 'answer') return outcome;
  throw new PreflightError(`${target.host} gave no answer to the first, ordinary request: ${outcome.message}`);
}
