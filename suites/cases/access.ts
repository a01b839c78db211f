import { type Call, type Case, makeCase } from './case.ts';
import { customer, customerWithToken, prepare, step } from './data.ts';

type Access = Pick<Call, 'credentials' | 'merchant'>;

/**
 * Refused for a customer that exists, so that there is data to give away, and for one that nobody created.
 * @param unknown how the second of the calls differs from a right one, where not as the first does
 */
function refuses(id: string, title: string, access: Access, unknown: Access = access): Case[] {
  // What nobody else has and the refused call does not say: it can only come from what the server knows.
  const secrets = { email_address: 'maria.{16}@example.com', last_name: 'Tan{16}' };
  const refused = customer({ email_address: undefined, last_name: undefined });
  return [
    makeCase(id, title, [
      prepare('the call that makes sure of the customer', customer(secrets)),
      step('the call that must be refused', 'refused', refused, access),
    ]),
    makeCase(`${id}-unknown-customer`, `${title}, also for a customer that was never created`, [refusedAlone(unknown)]),
  ];
}

function refusedAlone(access: Access) {
  return step('the call that must be refused', 'refused', customerWithToken(), access);
}

/** Other ways to be almost right; a refusal is all that they may get. */
const almostRight: readonly Case[] = [
  makeCase('AU-3/bearer', 'the key as a Bearer token is refused', [refusedAlone({ credentials: 'bearer' })]),
  makeCase('AU-3/not-base64', 'Basic credentials that are not base64 are refused', [
    refusedAlone({ credentials: 'not-base64' }),
  ]),
  makeCase('AU-3/two-wrong-keys', 'two wrong keys in one header are refused', [
    refusedAlone({ credentials: 'two-wrong' }),
  ]),
];

/** Credentials and merchant: nobody gets in without both. Each call is wrong in another way, and only just. */
export const accessTable: readonly Case[] = [
  ...refuses('AU-2/no-credentials', 'a call without credentials is refused', { credentials: 'none' }),
  ...refuses(
    'AU-3/other-key',
    'a call with another key is refused',
    { credentials: 'first-changed' },
    { credentials: 'last-changed' },
  ),
  ...refuses(
    'AU-3/longer-key',
    'a call with the key and a character more is refused',
    { credentials: 'longer' },
    { credentials: 'blank-added' },
  ),
  ...refuses(
    'AU-3/shorter-key',
    'a call with the key less a character is refused',
    { credentials: 'shorter' },
    { credentials: 'less-first' },
  ),
  ...refuses('AU-3/other-letter-case', 'a call with the key in other letter case is refused', {
    credentials: 'other-case',
  }),
  ...refuses(
    'AU-3/empty-key',
    'a call with an empty key is refused',
    { credentials: 'empty' },
    { credentials: 'as-password' },
  ),
  ...refuses('AU-4/no-merchant', 'a call without x-merchantid is refused', { merchant: 'absent' }),
  ...refuses('AU-4/empty-merchant', 'a call with an empty x-merchantid is refused', { merchant: 'empty' }),
  ...almostRight,
];
