import { isAccepted } from '../judge/customer/accepted-answer.ts';
import { buildRequest } from '../judge/customer/request.ts';
import { ordinaryRequest } from '../judge/run.ts';
import type { HttpAnswer, Target } from '../targets/target.ts';
import { PreflightError } from './preflight-error.ts';

/**
 * Asks a target twice before the cases: with an ordinary request, and with one that has nothing right in it. What it
 * answers alike to both is no answer to either.
 * @throws PreflightError where it cannot be reached, lets nobody in, or everybody; anything else is for the cases to judge
 */
export async function preflight(target: Target): Promise<void> {
  const usual = await target.send(ordinaryRequest(target));
  if (usual.kind === 'failure') {
    throw new PreflightError(`${target.host} gave no answer to the first, ordinary request: ${usual.message}`);
  }
  if (usual.status === 401 || usual.status === 403) {
    throw new PreflightError(
      `${target.host} refused the credentials with status ${usual.status}: ` +
        'check JUSPAY_API_KEY and JUSPAY_MERCHANT_ID, and that they belong to this server (JUSPAY_BASE_URL)',
    );
  }
  const { path } = ordinaryRequest(target);
  const wrong = await target.send(
    buildRequest({ fields: {}, credentials: 'none', merchant: 'absent', path }, target, ''),
  );
  if (wrong.kind === 'failure') return;
  if (isAccepted(usual) && isAccepted(wrong)) {
    throw new PreflightError(
      `${target.host} accepts everything: status ${usual.status} to an ordinary request, and ${wrong.status} to one without ` +
        'credentials, without a merchant id and with an empty body. That is a static page or a stub, not the service',
      'does-not-conform',
    );
  }
  if (isSameRefusal(usual, wrong)) throw new PreflightError(neverLetIn(target.host, path, usual));
}

function neverLetIn(host: string, path: string, { status, headers }: HttpAnswer): string {
  const both = `${host} answered an ordinary request and one with nothing right in it alike, with status ${status}`;
  if (status >= 300 && status < 400) {
    const where = headers['location'];
    return (
      `${both}: a redirect${where === undefined ? '' : ` to ${where.slice(0, 200)}`}, which is not followed. ` +
      'Check JUSPAY_BASE_URL (http or https, host, path)'
    );
  }
  return (
    `${both}, so that the service was not reached: check JUSPAY_BASE_URL and its path (requests go to ${path} below it), ` +
    'and whether something stands between this machine and the service'
  );
}

/** A 400 to both may have its reasons, a different one each time; any other status alike says nothing of the request. */
function isSameRefusal(usual: HttpAnswer, wrong: HttpAnswer): boolean {
  if (isAccepted(usual) || usual.status !== wrong.status) return false;
  const documented = usual.status === 400 || usual.status === 422;
  return !documented || constantPart(usual) === constantPart(wrong);
}

/** A body less what changes from answer to answer: times and the ids of requests. */
function constantPart({ body }: HttpAnswer): string {
  return new TextDecoder().decode(body).replace(/[0-9a-f-]*\d[0-9a-f:.Z+-]*/gi, '#');
}
