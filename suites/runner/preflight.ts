import { randomBytes } from 'node:crypto';
import { isAccepted } from '../judge/body.ts';
import type { HttpAnswer, Target } from '../targets/target.ts';
import { OPERATION } from './operation.ts';

/** The run cannot start: it would judge only our own mistake, or a server that accepts everything. */
export class PreflightError extends Error {
  override readonly name = 'PreflightError';
  readonly verdict: 'does-not-conform' | 'could-not-judge';

  constructor(message: string, verdict: 'does-not-conform' | 'could-not-judge' = 'could-not-judge') {
    super(message);
    this.verdict = verdict;
  }
}

/**
 * Sends two requests before the cases: an ordinary one, and one with everything wrong. If the ordinary one is refused, every
 * case that expects a refusal would pass without testing anything.
 * @returns the answer to the ordinary request
 * @throws PreflightError if the target cannot be reached, refuses the ordinary request, or accepts everything
 */
export async function preflight(target: Target): Promise<HttpAnswer> {
  const request = OPERATION.ordinaryRequest(target);
  const first = await answerTo(target, request);
  // The cases judge a server that fails occasionally.
  const again = first.status >= 500 && !OPERATION.isLetIn(first) ? await answerTo(target, request) : first;
  const usual = (await forNewCustomer(target, again)) ?? again;
  if (!OPERATION.isLetIn(usual)) {
    throw new PreflightError(`${target.host} refuses an ordinary call: ${OPERATION.refusalInWords(usual)}`);
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

/** Sends an ordinary call at the end of a run. @returns why it is refused; undefined if accepted or unanswered */
export async function whyLost(target: Target): Promise<string | undefined> {
  const first = await target.send(OPERATION.ordinaryRequest(target));
  if (first.kind === 'failure') return undefined;
  const usual = (await forNewCustomer(target, first)) ?? first;
  if (OPERATION.isLetIn(usual)) return undefined;
  return `an ordinary call, accepted earlier in this run, is now refused: ${OPERATION.refusalInWords(usual)}`;
}

/** Only after a bad request: a service that refuses existing customers may accept new ones; the cases then judge it. */
async function forNewCustomer(target: Target, refused: HttpAnswer): Promise<HttpAnswer | undefined> {
  if (![400, 409, 422].includes(refused.status) || OPERATION.isLetIn(refused)) return undefined;
  const answer = await answerTo(target, OPERATION.ordinaryRequest(target, randomBytes(32).toString('hex')));
  return OPERATION.isLetIn(answer) ? answer : undefined;
}

async function answerTo(target: Target, request: Parameters<Target['send']>[0]): Promise<HttpAnswer> {
  const outcome = await target.send(request);
  if (outcome.kind === 'answer') return outcome;
  throw new PreflightError(`${target.host} did not answer an ordinary request: ${outcome.message}`);
}
