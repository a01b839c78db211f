import { type Case, makeCase } from './case.ts';
import { accepted, CUSTOMER, customer, customerWithoutToken, step, TOKEN_OPTION } from './data.ts';

/** Values that form decoders get wrong, in a field that allows them; they must come back unchanged. */
const decoding: readonly Case[] = [
  ['plus-sign', 'maria+tan@example.com'],
  ['percent-sign', 'maria%tan@example.com'],
  ['percent-and-digits', 'maria%41tan@example.com'],
  ['percent-and-plus', 'maria%2btan@example.com'],
  ['ampersand', 'maria&tan@example.com'],
  ['ampersand-and-field', 'maria&first_name=x@example.com'],
  ['equals-sign', 'maria=tan@example.com'],
  ['apostrophe', "maria'tan@example.com"],
  ['number-sign', 'maria#tan@example.com'],
  ['entity', 'maria&amp/tan@example.com'],
].map(([name, email]) =>
  makeCase(
    `EP-2/${name}`,
    `${email} comes back as it was sent`,
    accepted(customerWithoutToken({ email_address: email }), {
      ...{ blames: 'RQ-6', echoClaim: 'EP-2', echoField: 'email_address' },
    }),
  ),
);

/** Ordinary values, with only the encoding unusual. */
const coded = (name: string) =>
  customer({
    ...CUSTOMER,
    email_address: `${name.toLowerCase()}.{8}@example.com`,
    last_name: name,
    [TOKEN_OPTION]: undefined,
  });

const coding: readonly Case[] = [
  makeCase(
    'EP-2/everything-percent-coded',
    'a form with every character percent-encoded is read like any other',
    accepted(coded('Coded'), { encoding: 'percent', echoClaim: 'EP-2' }),
  ),
  makeCase(
    'EP-2/fields-in-another-order',
    'the order of the fields does not matter',
    accepted(Object.fromEntries(Object.entries(coded('Order')).reverse()), { encoding: 'form', echoClaim: 'EP-2' }),
  ),
  makeCase('EP-2/raw-plus-is-a-space', 'a bare + in a form is a space, which an email address must not have', [
    step('the call with %20', 'bad-request', customer({ email_address: 'maria tan@example.com' }), {
      encoding: 'percent',
      blames: 'RQ-7',
    }),
    step('the call with +', 'bad-request', customer({ email_address: 'maria tan@example.com' })),
  ]),
];

/** A form is read as any form, however it is written. */
export const formDecoding: readonly Case[] = [...decoding, ...coding];
