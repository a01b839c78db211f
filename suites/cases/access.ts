import { type Call, type Case, makeCase } from './case.ts';
import type { Credentials } from './credentials.ts';
import { again, customerWithoutToken, customerWithToken, SAME, step } from './data.ts';

type Access = Pick<Call, 'credentials' | 'merchant'>;

/**
 * Refused for an existing customer, which has data to reveal, and for one that does not exist yet.
 * @param what the call has or lacks @param owner the existing customer's case, and whether its first call asks for a token
 * @param next a customer that is created later, and must not show anything of the refused call
 * @param access of the first call; `unknown` are the credentials of the second, if different, and `asWell` its title
 */
function refuses(
  id: string,
  what: string,
  [owner, option]: readonly [owner: string, option?: 'true'],
  [next, reference]: readonly [of: string, reference: string],
  { unknown, asWell, ...access }: Access & { readonly unknown?: Credentials; readonly asWell?: string },
): Case[] {
  const title = `a call ${what} is refused`;
  // One of the two calls asks for a token.
  const customerOf = option === undefined ? customerWithToken : customerWithoutToken;
  const said = customerOf({ object_reference_id: SAME, email_address: undefined, last_name: undefined });
  const second = refusedAlone(unknown === undefined ? access : { credentials: unknown }, {
    object_reference_id: reference,
  });
  return [
    makeCase(id, title, [
      again(owner, option),
      { ...step('the call that must be refused', 'refused', said, access), of: owner },
    ]),
    makeCase(`${id}-unknown-customer`, `${asWell ?? title}, also for a customer that was never created`, [
      { ...second, of: next },
    ]),
  ];
}

function refusedAlone(access: Access, fields = {}) {
  return step('the call that must be refused', 'refused', customerWithToken(fields), access);
}

/** Other almost right credentials, which must be refused; for the customer of another case, if one is named. */
const almostRight: readonly Case[] = (
  [
    ['bearer', 'the key as a Bearer token is', 'bearer'],
    ['not-base64', 'Basic credentials that are not base64 are', 'not-base64', 'RQ-4/ten-digits-leading-zero'],
    ['two-wrong-keys', 'two wrong keys in one header are', 'two-wrong'],
    ['bare-key', 'only the key as the header is', 'bare-key'],
    ['other-scheme', 'the right credentials with another scheme are', 'other-scheme', 'RQ-2/email-address'],
    ['two-headers', 'two headers with a wrong key each are', 'two-lines', 'RS-4/all-fields'],
  ] as const
).map(([name, what, credentials, of]) => {
  const fields = customerWithoutToken({ object_reference_id: SAME });
  const call =
    of === undefined
      ? refusedAlone({ credentials })
      : { ...step('the call that must be refused', 'refused', fields, { credentials }), of };
  return makeCase(`AU-3/${name}`, `${what} refused`, [call]);
});

/** Credentials and merchant id: both are required. Each call has a different, small error. */
export const accessTable: readonly Case[] = [
  ...refuses('AU-2/no-credentials', 'without credentials', ['RQ-6/tilde', 'true'], ['RS-2/id', '09{d12}'], {
    credentials: 'none',
  }),
  ...refuses('AU-3/other-key', 'with another key', ['RQ-6/capital-letters'], ['RS-3/object', '9{d23}2'], {
    ...{ credentials: 'first-changed', unknown: 'middle-changed' },
  }),
  ...refuses('AU-3/longer-key', 'with the key and one more character', ['RQ-14/1', 'true'], ['RS-5/times', '_{24}'], {
    ...{ credentials: 'longer', unknown: 'prefixed' },
  }),
  ...refuses(
    'AU-3/shorter-key',
    'with the key without one character',
    ['RQ-9/left-parenthesis'],
    ['RS-6/names', '{32}--one'],
    { credentials: 'shorter', unknown: 'less-first' },
  ),
  ...refuses(
    'AU-3/other-letter-case',
    'with the key in another letter case',
    ['RQ-11/hyphen', 'true'],
    ['RS-6/names-with-token', '{63}.'],
    {
      credentials: 'other-case',
      unknown: 'bearer-basic',
      asWell: 'the right credentials as a Bearer token are refused',
    },
  ),
  ...refuses('AU-3/empty-key', 'with an empty key', ['RS-4/words-of-json'], ['EP-4/customer', 'conf-{24}.'], {
    ...{ credentials: 'empty', unknown: 'as-password' },
  }),
  ...refuses(
    'AU-4/no-merchant',
    'without x-merchantid',
    ['RQ-9/low-line', 'true'],
    ['EP-4/customer-with-token', 'maria{16}@example.com'],
    { merchant: 'absent' },
  ),
  ...refuses('AU-4/empty-merchant', 'with an empty x-merchantid', ['RQ-6/tilde'], ['GC-1/second-call', SAME], {
    merchant: 'empty',
  }),
  ...almostRight,
];
