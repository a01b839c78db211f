import { CONFORMING_STEPS, type Refusal } from '../steps.ts';
import { letsIn, steps } from './behaviour.ts';
import { type Fault, fault } from './fault.ts';
import { type Body, sentIn } from './rewriting.ts';

const { checkKey, checkMerchant } = CONFORMING_STEPS;
const REFUSAL: Refusal = { status: 401, reason: 'API key missing or wrong' };

function withStatus(status: number, refusal: Refusal | undefined): Refusal | undefined {
  return refusal && { ...refusal, status };
}

/** Shows something of the requested customer in a refusal. */
function reveals(shown: (refusal: Body, customer: Body) => Body): Fault['patch'] {
  return () => {
    const answered = new Map<string, Body>();
    return {
      rewrite(response, request) {
        const reference = sentIn(request)['object_reference_id'] ?? '';
        const body = JSON.parse(String(response.body)) as Body;
        if (response.status === 200) answered.set(reference, body);
        const customer = answered.get(reference);
        if (response.status !== 401 || customer === undefined) return response;
        return { ...response, body: JSON.stringify(shown(body, customer)) };
      },
    };
  };
}

/** Faults of credentials and merchant id. */
export const accessFaults: readonly Fault[] = [
  fault(
    'no-credentials-accepted',
    ['AU-2', 'AU-3'],
    'a call without credentials is accepted',
    letsIn((header = '') => !/^Basic /.test(header)),
  ),
  fault(
    'key-with-colon-refused',
    ['AU-1'],
    'only the bare key without the colon is accepted',
    steps({ checkKey: (header, { apiKey }) => (header === `Basic ${btoa(apiKey)}` ? undefined : REFUSAL) }),
  ),
  ...([undefined, ''] as const).map((accepted) =>
    fault(
      `${accepted === '' ? 'empty' : 'no'}-merchant-accepted`,
      ['AU-4'],
      `a call ${accepted === '' ? 'with an empty' : 'without a'} merchant id is accepted`,
      steps({
        checkMerchant: (merchant, world) => (merchant === accepted ? undefined : checkMerchant(merchant, world)),
      }),
    ),
  ),
  ...[200, 302, 500].map((status) =>
    fault(
      `key-refused-with-${status}`,
      ['AU-2', 'AU-3'],
      `calls without the right key are refused with ${status}`,
      steps({ checkKey: (header, world) => withStatus(status, checkKey(header, world)) }),
    ),
  ),
  ...[200, 302, 500].map((status) =>
    fault(
      `merchant-refused-with-${status}`,
      ['AU-4'],
      `calls without a merchant id are refused with ${status}`,
      steps({ checkMerchant: (merchant, world) => withStatus(status, checkMerchant(merchant, world)) }),
    ),
  ),
  fault(
    'refusal-shows-customer',
    ['AU-2', 'AU-3', 'AU-4'],
    'a refusal contains the data of the requested customer',
    reveals((_, customer) => customer),
  ),
  fault(
    'refusal-shows-id',
    ['AU-3', 'AU-2', 'AU-4'],
    'a refusal contains the id of the requested customer',
    reveals((refusal, { id }) => ({ ...refusal, error_message: `no access to ${id}` })),
  ),
];
