import { type Case, makeCase } from './case.ts';
import { concurrent } from './concurrent.ts';
import { again, customer, customerWithToken, prepare, sameCustomer as sameData, TOKEN_OPTION } from './data.ts';
import { nothingLeft } from './nothing-left.ts';

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
    { relations: sameButForData([0, 1]) },
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
    { customers: 'new', relations: sameButForData([0, 1, 2, 3, 4, 5, 6]) },
  ),
];

/** Each owner's reference differs from this one as the title says. */
const apart: readonly Case[] = [
  different('two-references', 'two references', 'RS-2/id', '09{d12}'),
  different('last-character', 'references that differ only in the last character', 'RS-3/object', '9{d23}2'),
  // A wildcard in SQL's LIKE.
  different('first-character', 'references that differ only in the first character', 'RS-5/times', '_{24}'),
  different('shared-prefix-32', 'references with the same first 32 characters', 'RS-6/names', '{32}--one'),
  // A wildcard in a regular expression.
  different('shared-prefix-63', 'references with the same first 63 characters', 'RS-6/names-with-token', '{63}.'),
  different('one-longer', 'a reference and the same with one more character', 'EP-4/customer', 'conf-{24}.'),
  // A token must not depend on the data either.
  different('same-other-data', 'two references', 'EP-4/customer-with-token', 'maria{16}@example.com', 'true'),
];

type Relations = NonNullable<Case['relations']>;

/** Which data a server keeps is open (GC-5), but not the customer. @param claim default: the case's own */
export function sameButForData(steps: readonly number[], claim?: string): Relations {
  const about = { steps, ...(claim === undefined ? {} : { claim }) };
  return [
    { kind: 'same-id', ...about },
    { kind: 'same-created', ...about },
  ];
}

function areTheSame(...steps: number[]): Relations {
  return [...sameButForData(steps), { kind: 'same-data', steps }];
}

/** @param of the case with the other customer @param option for this customer */
function different(name: string, what: string, of: string, reference: string, option?: 'true'): Case {
  const other = sameData({ object_reference_id: reference, [TOKEN_OPTION]: option });
  const although = option === undefined ? '' : ' although all other data is the same';
  const steps = [again(of, 'true'), { ...prepare(`the call for ${reference}`, other), of }];
  const relations = [{ kind: 'different-ids', steps: [0, 1] }] as const;
  return makeCase(`GC-2/${name}`, `${what} give two ids${although}`, steps, { relations });
}

/** Get-or-create: one reference, one customer, whatever comes concurrently or was refused before. */
export const identityTable: readonly Case[] = [...repeated, ...apart, ...concurrent, ...nothingLeft];
