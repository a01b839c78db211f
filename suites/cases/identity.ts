import { type Call, type Case, type Expectation, makeCase } from './case.ts';
import {
  customer,
  customerWithoutToken,
  customerWithToken,
  prepare,
  smallCustomer,
  step,
  TOKEN_OPTION,
} from './data.ts';

/** Eight at once: enough to overlap on a server with some workers, few enough for a sandbox. */
const BURST = [...'abcdefgh'];

/** Data that no other customer of the suite has. */
const LATER = {
  mobile_number: '8877665544',
  mobile_country_code: '47',
  email_address: 'later.{12}@example.net',
  first_name: 'Tom',
  last_name: 'Lim',
} as const;

/** What changes from call to call, and what is left out beside it. */
const changesInTurn: readonly (readonly [keyof typeof LATER, keyof typeof LATER | undefined])[] = [
  ['first_name', undefined],
  ['mobile_number', 'email_address'],
  ['email_address', 'last_name'],
  ['last_name', 'mobile_country_code'],
  ['mobile_country_code', 'first_name'],
];

const again: readonly Case[] = [
  makeCase(
    'GC-1/second-call',
    'the same call again gives the same customer',
    [prepare('the first call', customer()), prepare('the second call', customer())],
    { customers: 'new', relations: sameCustomer(0, 1) },
  ),
  makeCase(
    'GC-1/third-call',
    'a third call gives the same customer still, also at the same time as others',
    [
      prepare('the first call', customerWithoutToken()),
      {
        label: 'three calls at once',
        calls: ['true', undefined, 'false'].map((option) => ({ fields: customer({ [TOKEN_OPTION]: option }) })),
        expect: 'accepted',
        blames: 'RS-1',
        tokenClaim: 'TK-4',
      },
    ],
    { relations: sameCustomer(0, 1) },
  ),
  makeCase(
    'GC-1/only-mandatory-fields',
    'a customer of two fields is found again too',
    [0, 1].map(() => prepare('the call', smallCustomer())),
    { relations: sameCustomer(0, 1) },
  ),
  makeCase(
    'GC-1/after-others',
    'a customer is the same after others were created',
    [
      prepare('the first call', customer({}, 'a')),
      prepare('another customer', customer({}, 'b')),
      prepare('the first customer again', customer({}, 'a')),
    ],
    { relations: sameCustomer(0, 2) },
  ),
  makeCase(
    'GC-1/other-data',
    'a later call with other data keeps id and date_created',
    [prepare('the first call', customer()), prepare('the call with other data', customer(LATER), { echoClaim: null })],
    { relations: sameButForData(0, 1) },
  ),
  makeCase(
    'GC-1/each-field-in-turn',
    'later calls that each change a field, and leave another out, keep id and date_created',
    [
      prepare('the first call', customer({ [TOKEN_OPTION]: undefined })),
      ...changesInTurn.map(([changed, left]) =>
        prepare(
          `the call with another ${changed}, ${left === undefined ? 'and nothing left out' : `without ${left}`}`,
          customer({
            [changed]: LATER[changed],
            ...(left === undefined ? {} : { [left]: undefined }),
            [TOKEN_OPTION]: undefined,
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
  different('GC-2/two-references', 'two references give two ids', '9{d12}', '09{d12}'),
  different('GC-2/last-character', 'references that differ in the last character give two ids', '9{d23}1', '9{d23}2'),
  different('GC-2/first-character', 'references that differ in the first character give two ids', 'a{24}', 'b{24}'),
  different('GC-2/shared-prefix-32', 'references that share 32 characters give two ids', '{32}-one', '{32}--one'),
  different('GC-2/shared-prefix-63', 'references that share 63 characters give two ids', '{63}x', '{63}y'),
  different(
    'GC-2/one-longer',
    'a reference and the same with a character more give two ids',
    'conf-{24}',
    'conf-{24}.',
  ),
  different(
    'GC-2/same-other-data',
    'two references give two ids though all other data are alike',
    'maria.{16}@example.com',
    'maria{16}@example.com',
  ),
];

const atOnce: readonly Case[] = [
  makeCase(
    'GC-3/one-new-reference',
    'calls at the same time with one new reference give one id',
    [
      {
        label: 'eight calls at once',
        calls: burst((letter) => customer({ object_reference_id: 'conf-{24}' }, letter)),
        expect: 'accepted',
        blames: 'RS-1',
        echoClaim: null,
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
    'calls at the same time with one new reference, some of them asking for tokens, give one id',
    [
      {
        label: 'eight calls at once',
        calls: burst((letter, index) =>
          customer(
            {
              object_reference_id: 'conf-{24}-t',
              [TOKEN_OPTION]: ['true', 'true', 'false', undefined][index % 4],
              ...(index % 3 === 2 ? { last_name: undefined } : {}),
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
    'calls at the same time for different customers each get their own answer',
    [
      {
        label: 'eight customers at once',
        calls: burst((letter, index) =>
          customer(
            {
              // Of one length and form each, so that nothing but the value tells them apart.
              mobile_number: `9${index}887766${index}5`,
              mobile_country_code: ['65', '91', '44', '81', '60', '62', '63', '66'][index],
              first_name: `Maria-${letter}`,
              last_name: `Tan-${letter}`,
              email_address: `maria${letter}@example.com`,
              [TOKEN_OPTION]: index % 2 === 0 ? 'true' : undefined,
            },
            letter,
          ),
        ),
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
    call: { fields: { first_name: 'Ev\u0000e', last_name: 'Low\u0007' } },
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
  { name: 'wrong-key', what: 'a wrong key', expect: 'refused', blames: 'AU-3', call: { credentials: 'other' } },
  { name: 'no-merchant', what: 'no merchant id', expect: 'refused', blames: 'AU-4', call: { merchant: 'absent' } },
];

/** The refused call's data differ from the valid one's in every field, so that any of it that was kept is seen. */
const REFUSED = {
  mobile_number: '7766554433',
  email_address: 'eve@example.org',
  first_name: 'Eve',
  last_name: 'Low',
  mobile_country_code: '49',
} as const;

const nothingLeft: readonly Case[] = REFUSED_FIRST.map(({ name, what, expect, blames, call: { fields, ...access } }) =>
  makeCase(
    `GC-4/${name}`,
    `a call refused for ${what} leaves nothing behind`,
    [
      step('the refused call', expect, customer({ ...REFUSED, ...fields }), { blames, ...access }),
      prepare('the valid call', customer(), { newCustomer: true }),
    ],
    { customers: 'new' },
  ),
);

/** A mistake in each field that may have one. */
const BAD = { email_address: 'eve,@example.org', first_name: 'Ev@', last_name: 'L<w' } as const;

/** One call of each kind of refusal, each with other values in every field. */
const unharmed: readonly Case[] = [
  makeCase(
    'GC-4/existing-customer',
    'refused calls change nothing of a customer that exists',
    [
      prepare('the valid call', customer()),
      prepare('the same call again', customer()),
      step('the call with bad texts', 'bad-request', customer({ ...REFUSED, ...BAD }), { blames: 'RQ-10' }),
      ...(
        [
          ['AU-2', { credentials: 'none' }],
          ['AU-3', { credentials: 'middle-changed' }],
          ['AU-4', { merchant: 'absent' }],
        ] as const
      ).map(([blames, access]) =>
        step('the call that must be refused', 'refused', customerWithToken(REFUSED), { blames, ...access }),
      ),
      prepare('the valid call again', customer()),
    ],
    // A server that changes a customer at every call is not accused of what it does with refused ones.
    { relations: [...sameCustomer(0, 1).map((one) => ({ ...one, claim: 'GC-1' })), ...sameCustomer(1, 6)] },
  ),
];

function sameCustomer(...steps: number[]): NonNullable<Case['relations']> {
  return [
    { kind: 'same-id', steps },
    { kind: 'same-created', steps },
    { kind: 'same-data', steps },
  ];
}

/** Which of the data a server goes by is open (GC-5), but it is one of them, and the customer stays. */
function sameButForData(...steps: number[]): NonNullable<Case['relations']> {
  return [
    { kind: 'same-id', steps },
    { kind: 'same-created', steps },
  ];
}

/** What is wrong with every answer is no fault of the calls being made at the same time. */
function oneOfAll(...steps: number[]): NonNullable<Case['relations']> {
  return [
    { kind: 'one-id', steps },
    { kind: 'same-created', steps, claim: 'GC-1' },
  ];
}

function different(id: string, title: string, first: string, second: string): Case {
  return makeCase(
    id,
    title,
    [first, second].map((reference) =>
      prepare(`the call for ${reference}`, customer({ object_reference_id: reference })),
    ),
    { relations: [{ kind: 'different-ids', steps: [0, 1] }] },
  );
}

function burst(fields: (letter: string, index: number) => Record<string, string>): Call[] {
  return BURST.map((letter, index) => ({ fields: fields(letter, index) }));
}

/** Get-or-create: one reference, one customer, whatever comes at the same time or was refused before. */
export const identityTable: readonly Case[] = [...again, ...apart, ...atOnce, ...nothingLeft, ...unharmed];
