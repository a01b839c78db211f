import { type Call, type Case, type Expectation, makeCase } from './case.ts';
import { customer, customerWithToken, prepare, step } from './data.ts';

/** Sixteen at once: enough to overlap on a server with some workers, few enough for a sandbox. */
const BURST = 'abcdefghijklmnop';

const again: readonly Case[] = [
  makeCase(
    'GC-1/second-call',
    'the same call again gives the same customer',
    [prepare('the first call', customer()), prepare('the second call', customer())],
    { customers: 'new', relations: sameCustomer(0, 1) },
  ),
  makeCase(
    'GC-1/third-call',
    'a third call gives the same customer still',
    [prepare('the first call', customer()), prepare('the second', customer()), prepare('the third', customer())],
    { relations: sameCustomer(0, 1, 2) },
  ),
  makeCase(
    'GC-1/only-mandatory-fields',
    'a customer of two fields is found again too',
    [0, 1].map(() => prepare('the call', { object_reference_id: 'conf-{24}', mobile_number: '9988776655' })),
    { relations: sameCustomer(0, 1) },
  ),
  makeCase(
    'GC-1/after-others',
    'a customer is the same after others were created',
    [
      prepare('the first call', customer({ object_reference_id: 'a-conf-{24}-a' })),
      prepare('another customer', customer({ object_reference_id: 'b-conf-{24}-b', first_name: 'Tom' })),
      prepare('the first customer again', customer({ object_reference_id: 'a-conf-{24}-a' })),
    ],
    { relations: sameCustomer(0, 2) },
  ),
  makeCase(
    'GC-1/other-data',
    'a later call with other data keeps id and date_created',
    [
      prepare('the first call', customer()),
      prepare('the call with other data', customer({ first_name: 'Tom', mobile_number: '8877665544' }), {
        echoClaim: null,
      }),
    ],
    {
      relations: [
        { kind: 'same-id', steps: [0, 1] },
        { kind: 'same-created', steps: [0, 1] },
      ],
    },
  ),
];

const apart: readonly Case[] = [
  different('GC-2/two-references', 'two references give two ids', 'conf-{20}-one', 'conf-{20}-two'),
  different(
    'GC-2/last-character',
    'references that differ in the last character give two ids',
    'conf-{24}a',
    'conf-{24}b',
  ),
  different('GC-2/first-character', 'references that differ in the first character give two ids', 'a{24}', 'b{24}'),
  different('GC-2/shared-prefix-32', 'references that share 32 characters give two ids', '{32}-one', '{32}-two'),
  different('GC-2/shared-prefix-63', 'references that share 63 characters give two ids', '{63}x', '{63}y'),
  different(
    'GC-2/one-longer',
    'a reference and the same with a character more give two ids',
    'conf-{24}',
    'conf-{24}0',
  ),
  different('GC-2/same-other-data', 'two references give two ids though all other data are alike', '{16}-a', '{16}-b'),
];

const atOnce: readonly Case[] = [
  makeCase(
    'GC-3/one-new-reference',
    'calls at the same time with one new reference give one id',
    [{ label: 'eight calls at once', calls: burst(8, () => customer()), expect: 'accepted', blames: 'RS-1' }],
    { customers: 'new', relations: [{ kind: 'one-id', steps: [0] }] },
  ),
  makeCase(
    'GC-3/one-new-reference-with-token',
    'calls at the same time with one new reference, asking for tokens, give one id',
    [
      {
        label: 'eight calls at once',
        calls: burst(8, () => customerWithToken()),
        expect: 'accepted',
        blames: 'RS-1',
        tokenClaim: 'TK-4',
      },
    ],
    { customers: 'new', relations: [{ kind: 'one-id', steps: [0] }] },
  ),
  makeCase(
    'GC-3/each-its-own-answer',
    'calls at the same time for different customers each get their own answer',
    [
      {
        label: 'sixteen customers at once',
        calls: burst(BURST.length, (letter) =>
          customer({
            object_reference_id: `${letter}-conf-{24}-${letter}`,
            first_name: `Maria-${letter}`,
            email_address: `maria${letter}@example.com`,
          }),
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
    call: { fields: { first_name: 'Ev@' } },
  },
  {
    name: 'bad-email',
    what: 'a bad email address',
    expect: 'bad-request',
    blames: 'RQ-7',
    call: { fields: { email_address: 'eve,x@example.com' } },
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
const nothingLeft: readonly Case[] = REFUSED_FIRST.map(({ name, what, expect, blames, call: { fields, ...access } }) =>
  makeCase(
    `GC-4/${name}`,
    `a call refused for ${what} leaves nothing behind`,
    [
      step(
        'the refused call',
        expect,
        customer({
          mobile_number: '7766554433',
          email_address: 'eve@example.org',
          first_name: 'Eve',
          last_name: 'Low',
          mobile_country_code: '91',
          ...fields,
        }),
        { blames, ...access },
      ),
      prepare('the valid call', customer(), { mixUpClaim: 'GC-4', newCustomer: true }),
    ],
    { customers: 'new' },
  ),
);

const unharmed: readonly Case[] = [
  makeCase('GC-4/existing-customer', 'a refused call changes nothing of a customer that exists', [
    prepare('the valid call', customer()),
    step('the refused call', 'bad-request', customer({ first_name: 'Ev@', last_name: 'Low' }), { blames: 'RQ-10' }),
    prepare('the valid call again', customer(), { mixUpClaim: 'GC-4' }),
  ]),
];

function sameCustomer(...steps: number[]): NonNullable<Case['relations']> {
  return [
    { kind: 'same-id', steps },
    { kind: 'same-created', steps },
    { kind: 'same-data', steps },
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

function burst(size: number, fields: (letter: string) => Record<string, string>): Call[] {
  return [...BURST].slice(0, size).map((letter) => ({ fields: fields(letter) }));
}

/** Get-or-create: one reference, one customer, whatever comes at the same time or was refused before. */
export const identityCases: readonly Case[] = [...again, ...apart, ...atOnce, ...nothingLeft, ...unharmed];
