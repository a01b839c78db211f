import { CUSTOMER } from '../cases/data.ts';
import { buildRequest } from '../judge/request.ts';
import type { Target } from '../targets/target.ts';

/** The run cannot begin: nothing would be judged but our own mistake. */
export class PreflightError extends Error {
  override readonly name = 'PreflightError';
}

/** The sample request's own customer: every run meets it again. */
const SAMPLE = { ...CUSTOMER, object_reference_id: 'conformance@example.com', first_name: 'John', last_name: 'Smith' };

/**
 * Asks a target once with an ordinary request, before the cases.
 * @throws PreflightError where it cannot be reached or refuses the credentials; any other answer is for the cases to judge
 */
export async function preflight(target: Target): Promise<void> {
  const outcome = await target.send(buildRequest({ fields: SAMPLE }, target, ''));
  if (outcome.kind === 'failure') {
    throw new PreflightError(`${target.host} gave no answer to the sample request: ${outcome.message}`);
  }
  if (outcome.status === 401 || outcome.status === 403) {
    throw new PreflightError(
      `${target.host} refused the credentials with status ${outcome.status}: ` +
        'check JUSPAY_API_KEY and JUSPAY_MERCHANT_ID, and that they belong to this server (JUSPAY_BASE_URL)',
    );
  }
}
