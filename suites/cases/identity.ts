import { type Call, type Case, type Expectation, makeCase } from './case.ts';
import {
  again,
  customer,
  customerWithoutToken,
  customerWithToken,
  prepare,
  REFUSED,
  sameCustomer as sameData,
  step,
  TOKEN_OPTION,
} from './data.ts';

/** Seven concurrent calls: enough to overlap on a server with a few workers, but not too many for a sandbox. */
const BURST = [...'abcdefg'];

/** Concurrent calls for different customers. */
const CROWD = BURST.slice(0, 6);

/** Data that no other customer has. */
const LATER = {
  mobile_number: '0088776655',
  mobile_country_code: '470',
  email_address: "la'Ter.{12}+x&amp=%41#y{z}--$?|/`~@Sub-1.example.Net",
  first_name: '-Mc.Tom--(my)_O..X',
  last_name: '_Le.Lim(z)--T__e.',
} as const;

/** The changed field of each call, and a field that it omits. */
const changesInTurn: readonly (readonly [keyof typeof LATER, keyof typeof LATER | undefined])[] = [
  ['first_name', undefined],
  ['mobile_number', 'email_address'],
  ['email_address', 'last_name'],
  ['last_name', 'mobile_country_code'],
  ['mobile_country_code', 'first_name'],
];

const repeated: readonly Case[] = [
  makeCase(
    'GC-1/second-call',
    'the same call again gives the same customer',
    // Identical bytes.
    [0, 1].map((n) =>
      prepare(`the ${n === 0 ? 'first' : 'second'} call`, customerWithToken(), {
        encoding: 'form',
        ...(n === 0 ? {} : { tokenClaim: 'TK-4' }),
      }),
    ),
    { customers: 'new', relations: areTheSame(0, 1) },
  ),
  makeCase(
    'GC-1/third-call',
    'a third call gives the same customer, also with concurrent calls',
    [
      again('RQ-9/left-parenthesis'),
      {
        ...{ label: 'three calls at once', of: 'RQ-9/left-parenthesis' },
        calls: ['true', undefined, 'true'].map((option) => ({ fields: sameData({ [TOKEN_OPTION]: option }) })),
        expect: 'accepted',
        blames: 'RS-1',
        tokenClaim: 'TK-4',
      },
    ],
    { relations: areTheSame(0, 1) },
  ),
  makeCase(
    'GC-1/only-mandatory-fields',
    'a customer with two fields is found again too',
    [again('RS-1/only-mandatory-fields'), again('RS-1/only-mandatory-fields', 'true')],
    { relations: areTheSame(0, 1) },
  ),
  makeCase(
    'GC-1/after-others',
    'a customer is the same after others were created',
    [again('RQ-6/capital-letters'), prepare('another customer', customer()), again('RQ-6/capital-letters', 'true')],
    { relations: areTheSame(0, 2) },
  ),
  makeCase(
    'GC-1/other-data',
    'a later call with other data keeps id and date_created',
    [
      prepare('the first call', customer()),
      prepare('the call with other data', customer({ ...LATER, [TOKEN_OPTION]: 'true' }), {
        ...{ echoClaim: null, tokenClaim: 'TK-4' },
      }),
    ],
    { relations: sameButForData(0, 1) },
  ),
  makeCase(
    'GC-1/each-field-in-turn',
    'later calls that each change one field and omit another keep id and date_created',
    [
      prepare('the first call', customer({ [TOKEN_OPTION]: undefined })),
      ...changesInTurn.map(([changed, left], index) =>
        prepare(
          `the call with another ${changed}, ${left === undefined ? 'and nothing left out' : `without ${left}`}`,
          customer({
            [changed]: LATER[changed],
            ...(left === undefined ? {} : { [left]: undefined }),
            [TOKEN_OPTION]: index % 4 > 0 ? 'true' : undefined,
          }),
          { echoClaim: null, tokenClaim: 'TK-4' },
        ),
      ),
      prepare('the first call again', customer({ [TOKEN_OPTION]: undefined }), { echoClaim: null }),
    ],
    { customers: 'new', relations: sameButForData(0, 1, 2, 3, 4, 5, 6) },
  ),
];

const apart: readonly Case[] = [
  // Each owner's reference differs from this one as the title says.
  different('GC-2/two-references', 'two references give two ids', 'RS-2/id', '09{d12}'),
  different(
    'GC-2/last-character',
    'references that differ only in the last character give two ids',
    'RS-3/object',
    '9{d23}2',
  ),
  different(
    'GC-2/first-character',
    'references that differ only in the first character give two ids',
    'RS-5/times',
    // A wildcard in SQL's LIKE.
    '_{24}',
  ),
  different(
    'GC-2/shared-prefix-32',
    'references with the same first 32 characters give two ids',
    'RS-6/names',
    '{32}--one',
  ),
  different(
    'GC-2/shared-prefix-63',
    'references with the same first 63 characters give two ids',
    'RS-6/names-with-token',
    // A wildcard in a regular expression.
    '{63}.',
  ),
  different(
    'GC-2/one-longer',
    'a reference and the same with one more character give two ids',
    'EP-4/customer',
    'conf-{24}.',
  ),
  different(
    'GC-2/same-other-data',
    'two references give two ids although all other data is the same',
    'EP-4/customer-with-token',
    'maria{16}@example.com',
    // A token must not depend on the data either.
    'true',
  ),
];

const atOnce: readonly Case[] = [
  makeCase(
    'GC-3/one-new-reference',
    'concurrent calls with one new reference give one id',
    [
      {
        label: 'seven calls at once',
        calls: burst(BURST, (letter, index) =>
          customer({ object_reference_id: 'conf-{24}', ...(index === 3 ? { [TOKEN_OPTION]: 'true' } : {}) }, letter),
        ),
        expect: 'accepted',
        blames: 'RS-1',
        echoClaim: null,
        tokenClaim: 'TK-4',
      },
      prepare('the call afterwards', customerWithToken({ object_reference_id: 'conf-{24}' }, 'a'), {
        echoClaim: null,
        tokenClaim: 'TK-4',
      }),
    ],
    { customers: 'new', relations: oneOfAll(0, 1) },
  ),
  makeCase(
    'GC-3/one-new-reference-with-token',
    'concurrent calls with one new reference, some of them for tokens, give one id',
    [
      {
        label: 'six calls at once',
        calls: burst(CROWD, (letter, index) =>
          customer(
            {
              object_reference_id: 'conf-{24}-t',
              [TOKEN_OPTION]: [undefined, 'true', 'true', 'false'][index % 4],
            },
            letter,
          ),
        ),
        expect: 'accepted',
        blames: 'RS-1',
        echoClaim: null,
        tokenClaim: 'TK-4',
      },
      prepare('the call afterwards', customerWithoutToken({ object_reference_id: 'conf-{24}-t' }, 'b'), {
        echoClaim: null,
      }),
    ],
    { customers: 'new', relations: oneOfAll(0, 1) },
  ),
  makeCase(
    'GC-3/each-its-own-answer',
    'concurrent calls for different customers each get their own answer',
    [
      {
        label: 'six customers at once',
        calls: CROWD.map((letter, index) => ({
          fields: customer(
            {
              // Of the same length and form, so that only the value differs.
              mobile_number: `0${index}887766${index}5`,
              mobile_country_code: ['65', '91', '44', '81', '60', '62'][index],
              first_name: `-Mc(${letter}).Ma--ria_O..N${letter}`,
              last_name: `_Tan.${letter}--(x)__McD${letter}.`,
              email_address: `o'Mc.N+${letter}_&amp=%41$x#{b}|/~?--z@Sub-${letter}.Example.com`,
              [TOKEN_OPTION]: index % 2 === 0 ? 'true' : undefined,
            },
            letter,
          ),
        })),
        expect: 'accepted',
        blames: 'RS-1',
        mixUpClaim: 'GC-3',
      },
    ],
    { relations: [{ kind: 'different-ids', steps: [0], claim: 'GC-2' }] },
  ),
];

interface RefusedFirst {
  readonly name: string;
  readonly what: string;
  readonly expect: Expectation;
  readonly blames: string;
  readonly call: Omit<Call, 'fields'> & { readonly fields?: Readonly<Record<string, string | undefined>> };
}

const REFUSED_FIRST: readonly RefusedFirst[] = [
  {
    name: 'bad-name',
    what: 'a bad name',
    expect: 'bad-request',
    blames: 'RQ-10',
    call: { fields: { first_name: '\r\nE\tv\r\ne\t\r' } },
  },
  {
    name: 'bad-email',
    what: 'a bad email address',
    expect: 'bad-request',
    blames: 'RQ-8',
    call: { fields: { email_address: 'eve__@example.org' } },
  },
  {
    name: 'no-mobile-number',
    what: 'no mobile number',
    expect: 'bad-request',
    blames: 'RQ-3',
    call: { fields: { mobile_number: undefined } },
  },
  { name: 'no-credentials', what: 'no credentials', expect: 'refused', blames: 'AU-2', call: { credentials: 'none' } },
  {
    name: 'wrong-key',
    what: 'a wrong key',
    expect: 'refused',
    blames: 'AU-3',
    call: { credentials: 'other-without-colon' },
  },
  { name: 'no-merchant', what: 'no merchant id', expect: 'refused', blames: 'AU-4', call: { merchant: 'absent' } },
];

/** A mix of refusals, without the same kind twice in a row. */
const REFUSALS = [
  ['refused', 'AU-3', {}, { credentials: 'blank-added' }],
  ['bad-request', 'RQ-12', { last_name: '\u001b\u0001L\t\u0000\u007f\now\u001b' }, {}],
  ['refused', 'AU-4', {}, { merchant: 'absent' }],
  ['refused', 'AU-3', {}, { credentials: 'last-changed' }],
] as const;

const nothingLeft: readonly Case[] = REFUSED_FIRST.map(
  ({ name, what, expect, blames, call: { fields, ...access } }, index) =>
    makeCase(
      `GC-4/${name}`,
      `a call refused for ${what} leaves nothing behind`,
      [
        step(
          'the refused call',
          expect,
          customer({ ...REFUSED, [TOKEN_OPTION]: index % 2 === 0 ? 'true' : undefined, ...fields }),
          { blames, ...access },
        ),
        prepare('the valid call', customer({ [TOKEN_OPTION]: index % 2 === 0 ? 'true' : undefined }), {
          newCustomer: true,
        }),
      ],
      { customers: 'new' },
    ),
);

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

function areTheSame(...steps: number[]): NonNullable<Case['relations']> {
  return [
    { kind: 'same-id', steps },
    { kind: 'same-created', steps },
    { kind: 'same-data', steps },
  ];
}

/** Which data a server keeps is open (GC-5), but not the customer. */
function sameButForData(...steps: number[]): NonNullable<Case['relations']> {
  return [
    { kind: 'same-id', steps },
    { kind: 'same-created', steps },
  ];
}

/** Errors in every answer are not blamed on concurrency. */
function oneOfAll(...steps: number[]): NonNullable<Case['relations']> {
  return [
    { kind: 'one-id', steps },
    { kind: 'same-created', steps, claim: 'GC-1' },
  ];
}

/** @param of the case with the other customer @param option for this customer */
function different(id: string, title: string, of: string, reference: string, option?: 'true'): Case {
  const other = sameData({ object_reference_id: reference, [TOKEN_OPTION]: option });
  return makeCase(id, title, [again(of, 'true'), { ...prepare(`the call for ${reference}`, other), of }], {
    relations: [{ kind: 'different-ids', steps: [0, 1] }],
  });
}

function burst(letters: readonly string[], fields: (letter: string, index: number) => Record<string, string>): Call[] {
  return letters.map((letter, index) => ({ fields: fields(letter, index) }));
}

/** Get-or-create: one reference, one customer, whatever comes concurrently or was refused before. */
export const identityTable: readonly Case[] = [...repeated, ...apart, ...atOnce, ...nothingLeft, ...unharmed];
