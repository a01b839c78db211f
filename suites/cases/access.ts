import { type Call, type Case, makeCase } from './case.ts';
import { again, customerWithoutToken, customerWithToken, SAME, step } from './data.ts';

type Access = Pick<Call, 'credentials' | 'merchant'>;

/**
 * Refused for an existing customer, which has data to reveal, and for one that does not exist yet.
 * @param owner the existing customer's case, and whether its first call asks for a token
 * @param next a customer that is created later, and must not show anything of the refused call
 * @param unknown the second call's access, if different
 * @param titleOfUnknown the second case's title, if different
 */
function refuses(
  id: string,
  title: string,
  [owner, option]: readonly [owner: string, option?: 'true'],
  [next, reference]: readonly [of: string, reference: string],
  access: Access,
  unknown: Access = access,
  titleOfUnknown = title,
): Case[] {
  // One of the two calls asks for a token.
  const customerOf = option === undefined ? customerWithToken : customerWithoutToken;
  const said = customerOf({ object_reference_id: SAME, email_address: undefined, last_name: undefined });
  return [
    makeCase(id, title, [
      again(owner, option),
      { ...step('the call that must be refused', 'refused', said, access), of: owner },
    ]),
    makeCase(`${id}-unknown-customer`, `${titleOfUnknown}, also for a customer that was never created`, [
      { ...refusedAlone(unknown, { object_reference_id: reference }), of: next },
    ]),
  ];
}

function refusedAlone(access: Access, fields = {}) {
  return step('the call that must be refused', 'refused', customerWithToken(fields), access);
}

/** @param of the case with the existing customer */
function refusedFor(of: string, access: Access) {
  const fields = customerWithoutToken({ object_reference_id: SAME });
  return { ...step('the call that must be refused', 'refused', fields, access), of };
}

/** Other almost right credentials, which must be refused. */
const almostRight: readonly Case[] = [
  makeCase('AU-3/bearer', 'the key as a Bearer token is refused', [refusedAlone({ credentials: 'bearer' })]),
  makeCase('AU-3/not-base64', 'Basic credentials that are not base64 are refused', [
    refusedFor('RQ-4/ten-digits-leading-zero', { credentials: 'not-base64' }),
  ]),
  makeCase('AU-3/two-wrong-keys', 'two wrong keys in one header are refused', [
    refusedAlone({ credentials: 'two-wrong' }),
  ]),
  makeCase('AU-3/bare-key', 'only the key as the header is refused', [refusedAlone({ credentials: 'bare-key' })]),
  makeCase('AU-3/other-scheme', 'the right credentials with another scheme are refused', [
    refusedFor('RQ-2/email-address', { credentials: 'other-scheme' }),
  ]),
  makeCase('AU-3/two-headers', 'two headers with a wrong key each are refused', [
    refusedFor('RS-4/all-fields', { credentials: 'two-lines' }),
  ]),
];

/** Credentials and merchant id: both are required. Each call has a different, small error. */
export const accessTable: readonly Case[] = [
  ...refuses(
    'AU-2/no-credentials',
    'a call without credentials is refused',
    ['RQ-6/tilde', 'true'],
    ['RS-2/id', '09{d12}'],
    { credentials: 'none' },
  ),
  ...refuses(
    'AU-3/other-key',
    'a call with another key is refused',
    ['RQ-6/capital-letters'],
    ['RS-3/object', '9{d23}2'],
    { credentials: 'first-changed' },
    { credentials: 'middle-changed' },
  ),
  ...refuses(
    'AU-3/longer-key',
    'a call with the key and one more character is refused',
    ['RQ-14/1', 'true'],
    ['RS-5/times', '_{24}'],
    { credentials: 'longer' },
    { credentials: 'prefixed' },
  ),
  ...refuses(
    'AU-3/shorter-key',
    'a call with the key without one character is refused',
    ['RQ-9/left-parenthesis'],
    ['RS-6/names', '{32}--one'],
    { credentials: 'shorter' },
    { credentials: 'less-first' },
  ),
  ...refuses(
    'AU-3/other-letter-case',
    'a call with the key in another letter case is refused',
    ['RQ-11/hyphen', 'true'],
    ['RS-6/names-with-token', '{63}.'],
    { credentials: 'other-case' },
    { credentials: 'bearer-basic' },
    'the right credentials as a Bearer token are refused',
  ),
  ...refuses(
    'AU-3/empty-key',
    'a call with an empty key is refused',
    ['RS-4/words-of-json'],
    ['EP-4/customer', 'conf-{24}.'],
    { credentials: 'empty' },
    { credentials: 'as-password' },
  ),
  ...refuses(
    'AU-4/no-merchant',
    'a call without x-merchantid is refused',
    ['RQ-9/low-line', 'true'],
    ['EP-4/customer-with-token', 'maria{16}@example.com'],
    { merchant: 'absent' },
  ),
  ...refuses(
    'AU-4/empty-merchant',
    'a call with an empty x-merchantid is refused',
    ['RQ-6/tilde'],
    ['GC-1/second-call', SAME],
    { merchant: 'empty' },
  ),
  ...almostRight,
];
