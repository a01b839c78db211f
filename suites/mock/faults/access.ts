import { type Body, letsIn, type Patch, remembering, rewrites, steps } from '../patches.ts';
import { CONFORMING_STEPS, type Refusal } from '../steps.ts';
import type { FaultRow } from './fault.ts';

const { checkKey, checkMerchant, decode } = CONFORMING_STEPS;
const REFUSAL: Refusal = { status: 401, reason: 'API key missing or wrong' };

/** Shows something of the requested customer in a refusal. */
function reveals(shown: (refusal: Body, customer: Body) => Body): Patch {
  return remembering(() => {
    const answered = new Map<string, Body>();
    return rewrites((response, request) => {
      const reference = decode(request.body)['object_reference_id'] ?? '';
      const body = JSON.parse(String(response.body)) as Body;
      if (response.status === 200) answered.set(reference, body);
      const customer = answered.get(reference);
      if (response.status !== 401 || customer === undefined) return response;
      return { ...response, body: JSON.stringify(shown(body, customer)) };
    });
  });
}

/** Faults of credentials and merchant id. */
export const accessFaults: readonly FaultRow[] = [
  [
    'no-credentials-accepted',
    'AU-2 AU-3',
    'a call without credentials is accepted',
    letsIn((header = '') => !/^Basic /.test(header)),
  ],
  [
    'key-with-colon-refused',
    'AU-1',
    'only the bare key without the colon is accepted',
    steps({ checkKey: (header, { apiKey }) => (header === `Basic ${btoa(apiKey)}` ? undefined : REFUSAL) }),
  ],
  ...([undefined, ''] as const).map(
    (accepted): FaultRow => [
      `${accepted === '' ? 'empty' : 'no'}-merchant-accepted`,
      'AU-4',
      `a call ${accepted === '' ? 'with an empty' : 'without a'} merchant id is accepted`,
      steps({
        checkMerchant: (merchant, world) => (merchant === accepted ? undefined : checkMerchant(merchant, world)),
      }),
    ],
  ),
  ...[200, 302, 500].flatMap((status): FaultRow[] => {
    const changed = (refusal: Refusal | undefined) => refusal && { ...refusal, status };
    return [
      [
        `key-refused-with-${status}`,
        'AU-2 AU-3',
        `calls without the right key are refused with ${status}`,
        steps({ checkKey: (header, world) => changed(checkKey(header, world)) }),
      ],
      [
        `merchant-refused-with-${status}`,
        'AU-4',
        `calls without a merchant id are refused with ${status}`,
        steps({ checkMerchant: (merchant, world) => changed(checkMerchant(merchant, world)) }),
      ],
    ];
  }),
  [
    'refusal-shows-customer',
    'AU-2 AU-3 AU-4',
    'a refusal contains the data of the requested customer',
    reveals((_, customer) => customer),
  ],
  [
    'refusal-shows-id',
    'AU-3 AU-2 AU-4',
    'a refusal contains the id of the requested customer',
    reveals((refusal, { id }) => ({ ...refusal, error_message: `no access to ${id}` })),
  ],
];
