import { type Call, type Case, type Expectation, makeCase } from './case.ts';
import { type Changes, customer, customerWithToken, prepare, REFUSED, step, TOKEN_OPTION } from './data.ts';

const REFUSED_FIRST: readonly (readonly [
  what: string,
  expect: Expectation,
  blames: string,
  call: Omit<Call, 'fields'> & { readonly fields?: Changes },
])[] = [
  ['a bad name', 'bad-request', 'RQ-10', { fields: { first_name: '\r\nE\tv\r\ne\t\r' } }],
  ['a bad email address', 'bad-request', 'RQ-8', { fields: { email_address: 'eve__@example.org' } }],
  ['no mobile number', 'bad-request', 'RQ-3', { fields: { mobile_number: undefined } }],
  ['no credentials', 'refused', 'AU-2', { credentials: 'none' }],
  ['a wrong key', 'refused', 'AU-3', { credentials: 'other-without-colon' }],
  ['no merchant id', 'refused', 'AU-4', { merchant: 'absent' }],
];

/** A mix of refusals, without the same kind twice in a row. */
const REFUSALS = [
  ['refused', 'AU-3', {}, { credentials: 'blank-added' }],
  ['bad-request', 'RQ-12', { last_name: '\u001b\u0001L\t\u0000\u007f\now\u001b' }, {}],
  ['refused', 'AU-4', {}, { merchant: 'absent' }],
  ['refused', 'AU-3', {}, { credentials: 'last-changed' }],
] as const;

const refusedFirst: readonly Case[] = REFUSED_FIRST.map(([what, expect, blames, { fields, ...access }], index) => {
  const name = what
    .replace(/^a /, '')
    .replace(/ (?:address|id)$/, '')
    .replaceAll(' ', '-');
  const option = { [TOKEN_OPTION]: index % 2 === 0 ? 'true' : undefined };
  const steps = [
    step('the refused call', expect, customer({ ...REFUSED, ...option, ...fields }), { blames, ...access }),
    prepare('the valid call', customer(option), { newCustomer: true }),
  ];
  return makeCase(`GC-4/${name}`, `a call refused for ${what} leaves nothing behind`, steps, { customers: 'new' });
});

/** Refused calls of each kind, each with different values in all fields, and each followed by a valid call. */
const unharmed: readonly Case[] = [
  makeCase('GC-4/existing-customer', 'refused calls do not change an existing customer', [
    prepare('the valid call', customer()),
    ...REFUSALS.flatMap(([expect, blames, changes, access], index) => [
      step('the call that must be refused', expect, customerWithToken({ ...REFUSED, ...changes }), {
        blames,
        ...access,
      }),
      prepare('the valid call again', customer({ [TOKEN_OPTION]: index < 3 ? 'true' : undefined }), {
        tokenClaim: 'TK-4',
      }),
    ]),
  ]),
];

/** A refused call leaves nothing behind: neither a new customer nor a change to an existing one. */
export const nothingLeft: readonly Case[] = [...refusedFirst, ...unharmed];
