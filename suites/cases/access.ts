import { type Call, type Case, makeCase } from './case.ts';
import { customer, customerWithToken, prepare, step } from './data.ts';

type Access = Pick<Call, 'credentials' | 'merchant'>;

/** Refused for a customer that exists, so that there is data to give away, and for one that nobody created. */
function refuses(id: string, title: string, access: Access): Case[] {
  const fields = customer({ email_address: undefined, last_name: undefined });
  return [
    makeCase(id, title, [
      prepare('the call that makes sure of the customer', customer()),
      step('the call that must be refused', 'refused', fields, access),
    ]),
    makeCase(`${id}-unknown-customer`, `${title}, also for a customer that was never created`, [
      step('the call that must be refused', 'refused', customerWithToken(), access),
    ]),
  ];
}

/** Credentials and merchant: nobody gets in without both. */
export const accessCases: readonly Case[] = [
  ...refuses('AU-2/no-credentials', 'a call without credentials is refused', { credentials: 'none' }),
  ...refuses('AU-3/other-key', 'a call with another key is refused', { credentials: 'other' }),
  ...refuses('AU-3/longer-key', 'a call with the key and a character more is refused', { credentials: 'longer' }),
  ...refuses('AU-3/shorter-key', 'a call with the key less its last character is refused', { credentials: 'shorter' }),
  ...refuses('AU-3/other-letter-case', 'a call with the key in other letter case is refused', {
    credentials: 'other-case',
  }),
  ...refuses('AU-3/empty-key', 'a call with an empty key is refused', { credentials: 'empty' }),
  ...refuses('AU-4/no-merchant', 'a call without x-merchantid is refused', { merchant: 'absent' }),
  ...refuses('AU-4/empty-merchant', 'a call with an empty x-merchantid is refused', { merchant: 'empty' }),
];
