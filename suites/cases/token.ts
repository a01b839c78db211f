import { type Case, makeCase } from './case.ts';
import {
  again,
  customer,
  customerWithoutToken,
  customerWithToken,
  prepare,
  smallCustomer,
  step,
  TOKEN_OPTION,
} from './data.ts';
import { sameButForData } from './identity.ts';

/** Every field is sent, to check that each is kept. */
const WHOLE = {
  mobile_country_code: '44',
  email_address: 'token.keeps@all.example.net',
  first_name: 'Keeps-All',
  last_name: 'Fields(2)',
};

/** References of which two have the same hash code in Java. */
const SAME_HASH = { a: { object_reference_id: 'Aa-{20}' }, b: { object_reference_id: 'BB-{20}' }, c: {} };

/** The client auth token: given on request, never otherwise, and without any other change. */
export const tokenTable: readonly Case[] = [
  makeCase('RQ-16/absent', 'the option is optional', [step('the call', 'accepted', customerWithoutToken())]),
  ...['true', 'false'].map((value) =>
    makeCase(`RQ-16/${value}`, `the option accepts ${value}`, [
      step('the call', 'accepted', customer({ [TOKEN_OPTION]: value })),
    ]),
  ),
  makeCase(
    'TK-1/new-customer',
    'a new customer gets a token that expires after the Date of the answer',
    [step('the call that creates', 'accepted', customerWithToken(), { newCustomer: true })],
    { customers: 'new' },
  ),
  makeCase('TK-1/only-mandatory-fields', 'a token is given with only the two mandatory fields', [
    step('the call', 'accepted', smallCustomer({ [TOKEN_OPTION]: 'true' }), { blames: 'RS-1' }),
  ]),
  makeCase('TK-2/absent', 'without the option no token is in the answer', [
    step('the call', 'accepted', customerWithoutToken()),
  ]),
  makeCase('TK-2/after-a-token', 'without the option no token is in the answer, although one was given before', [
    again('RQ-2/sixty-four-characters', 'true'),
    again('RQ-2/sixty-four-characters'),
  ]),
  makeCase('TK-3/false', 'with false no token is in the answer', [
    step('the call', 'accepted', customer({ [TOKEN_OPTION]: 'false' }), { blames: 'RQ-16' }),
  ]),
  makeCase('TK-3/false-after-a-token', 'with false no token is in the answer, although one was given before', [
    again('RQ-4/ten-digits-leading-zero', 'true'),
    again('RQ-4/ten-digits-leading-zero', 'false', { blames: 'RQ-16' }),
  ]),
  makeCase('TK-4/existing-customer', 'an existing customer gets a token', [
    again('RS-4/all-fields'),
    again('RS-4/all-fields', 'true'),
  ]),
  makeCase(
    'TK-4/second-token',
    'a second call for a token gets one too',
    [
      prepare('the first call that asks for a token', customerWithToken()),
      prepare('the second call that asks for a token', customerWithToken(), { tokenClaim: 'TK-4' }),
    ],
    { relations: sameButForData([0, 1], 'GC-1') },
  ),
  makeCase(
    'TK-5/same-customer',
    'asking for a token changes neither the id nor any other field',
    [
      prepare('the call without', customerWithoutToken(WHOLE)),
      prepare('the call that asks for a token', customerWithToken(WHOLE), { tokenClaim: 'TK-4' }),
    ],
    { relations: [...sameButForData([0, 1]), { kind: 'same-fields', steps: [0, 1] }] },
  ),
  makeCase(
    'TK-5/and-back',
    'a call after one for a token finds the customer unchanged',
    [again('RQ-2/email-address', 'true'), again('RQ-2/email-address')],
    { relations: sameButForData([0, 1]) },
  ),
  makeCase(
    'TK-6/two-customers',
    'two customers get different tokens',
    [
      prepare('the first customer', customerWithToken({ object_reference_id: 'conf.{20}+1@example.com' }, 'a')),
      prepare('the second customer', customerWithToken({ object_reference_id: 'conf.{20}+2@example.com' }, 'b')),
    ],
    { relations: [{ kind: 'different-tokens', steps: [0, 1] }] },
  ),
  makeCase(
    'TK-6/at-the-same-time',
    'customers who ask concurrently get different tokens',
    [
      {
        label: 'three customers at once',
        calls: Object.entries(SAME_HASH).map(([letter, reference]) => ({
          fields: customerWithToken(reference, letter),
        })),
        expect: 'accepted',
        mixUpClaim: 'GC-3',
      },
    ],
    { relations: [{ kind: 'different-tokens', steps: [0] }] },
  ),
];
