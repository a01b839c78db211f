import { type Case, makeCase } from './case.ts';
import {
  CAPITAL_LETTERS,
  DIGITS,
  EMAIL_SPECIALS,
  NAME_SPECIALS,
  nameOf,
  SMALL_LETTERS,
  triesIn,
} from './characters.ts';
import { accepted, type Changes, customer, prepare, smallCustomer, step, TOKEN_OPTION } from './data.ts';
import { everywhere } from './forbidden-characters.ts';
import { formDecoding } from './form-decoding.ts';

const SAMPLE = {
  object_reference_id: 'customer-{20}@gmail.com',
  mobile_number: '99887766',
  email_address: 'customer@gmail.com',
  first_name: 'John',
  last_name: 'Smith',
  mobile_country_code: '65',
} as const;

/** Omits all optional fields; for each of them one case sends only that one. */
const ALL_LEFT_OUT = {
  email_address: undefined,
  first_name: undefined,
  last_name: undefined,
  mobile_country_code: undefined,
};
const ALONE = new Set(['RQ-6/hyphen', 'RQ-9/full-stop', 'RQ-11/full-stop', 'RQ-14/65']);

/** @param characters tested in the only changed field @param who "rich" for all difficult characters in the others */
function accepts(
  id: string,
  title: string,
  changes: Changes,
  characters?: string,
  // This customer is used by many later calls.
  who = characters === '(' ? 'rich' : undefined,
): Case {
  const fields = customer(ALONE.has(id) ? { ...ALL_LEFT_OUT, ...changes } : changes, who);
  return makeCase(id, title, accepted(fields), triesIn(changes, characters));
}

/** Accepts a call with all difficult characters in the fields that are not given. */
function acceptsRich(id: string, title: string, changes: Changes): Case {
  return accepts(id, title, changes, '', 'rich');
}

/** Omits one field. */
function leaves(id: string, field: string, option?: 'true'): Case {
  return acceptsRich(id, `${field} is optional`, { [field]: undefined, [TOKEN_OPTION]: option });
}

/** A difficult first and last name. */
const NAME = '-Mc.Ma--ria(Mia)_O..N.';

/** A value that is both reference and email address, as in the page's sample, with all difficult characters. */
const BOTH = "o'Mc.N+{12}_&amp=%2b$x#y{b}|/~?--z@Sub-1.Example.COM";

/** A call that creates a customer in every run. */
const creates = (id: string, title: string) =>
  makeCase(id, title, [step('the call that creates', 'accepted', customer(), { newCustomer: true })], {
    customers: 'new',
  });

const operation: readonly Case[] = [
  acceptsRich('EP-1/post', 'POST on /v2/customers is answered', { object_reference_id: BOTH, email_address: BOTH }),
  accepts('AU-1/key-and-empty-password', 'the key as user name with an empty password is accepted', {}),
  makeCase('RS-1/sample-request', "the sample request's values get 200", accepted(SAMPLE)),
  makeCase(
    'RS-1/sample-request-with-token',
    "the sample request's values, token included, get 200",
    accepted({ ...SAMPLE, [TOKEN_OPTION]: 'true' }),
  ),
  creates('RS-1/creation', 'a call that creates a customer gets 200'),
  makeCase('RS-1/later-call', 'a later call for the same customer gets 200', [
    prepare('the first call', customer()),
    step('the later call', 'accepted', customer()),
  ]),
  makeCase('RS-1/only-mandatory-fields', 'a body of the two mandatory fields gets 200', accepted(smallCustomer())),
];

const references: readonly Case[] = [
  ['eight-characters', 'a reference of 8 characters', '{8}'],
  ['nine-characters', 'a reference of 9 characters', '{9}'],
  ['sixty-four-characters', 'a reference of 64 characters', '{64}'],
  ['email-address', 'an email address', 'conf.{20}@example.com'],
].map(([name, what, reference]) =>
  accepts(`RQ-2/${name}`, `${what} is accepted${name === 'email-address' ? ' as a reference' : ''}`, {
    object_reference_id: reference,
  }),
);

const phones: readonly Case[] = [
  accepts('RQ-4/eight-digits', "the sample's eight digits are accepted", { mobile_number: '99887766' }),
  accepts('RQ-4/ten-digits', 'the recommended ten digits are accepted', { mobile_number: '9988776655' }),
  accepts('RQ-4/ten-digits-leading-zero', 'ten digits with leading zeros are accepted and kept', {
    mobile_number: '0012345678',
  }),
  leaves('RQ-14/absent', 'mobile_country_code'),
  ...['65', '91', '1', '971'].map((code) =>
    accepts(`RQ-14/${code}`, `the country code ${code} is accepted`, { mobile_country_code: code }),
  ),
];

/** A special character at both ends of the local part and twice inside, where the page allows it. */
function withSpecial(character: string): string {
  if (character === '.') return 'm.aria.tan@example.com';
  return character === '_'
    ? 'm__aria_tan@example.com'
    : `${character}maria${character.repeat(2)}tan${character}@example.com`;
}

/** Characters that are tested together, by the end of their case's id. */
const TOGETHER = [
  ['capital-letters', 'uppercase letter', CAPITAL_LETTERS],
  ['small-letters', 'lowercase letter', SMALL_LETTERS],
  ['digits', 'digit', DIGITS],
] as const;

const emails: readonly Case[] = [
  leaves('RQ-6/absent', 'email_address', 'true'),
  ...TOGETHER.map(([name, what, characters]) =>
    accepts(`RQ-6/${name}`, `every ${what} is accepted`, { email_address: `${characters}@example.com` }, characters),
  ),
  ...EMAIL_SPECIALS.map((character) =>
    accepts(
      `RQ-6/${nameOf(character)}`,
      `${character} is accepted in the local part`,
      { email_address: withSpecial(character) },
      character,
    ),
  ),
  accepts('RQ-8/full-stop-inside', '. inside the local part is accepted', { email_address: 'm.aria@example.com' }),
  accepts('RQ-8/low-line-inside', '_ inside the local part is accepted', { email_address: 'm_aria@example.com' }),
];

const names: readonly Case[] = (
  [
    ['first_name', 'RQ-9'],
    ['last_name', 'RQ-11'],
  ] as const
).flatMap(([field, claim]) => [
  leaves(`${claim}/absent`, field, 'true'),
  ...TOGETHER.map(([name, what, characters]) => {
    const value = name === 'digits' ? `M${characters}` : characters;
    return accepts(`${claim}/${name}`, `${field} accepts every ${what}`, { [field]: value }, characters);
  }),
  ...NAME_SPECIALS.map((character) => {
    const value = `Ma${character}ria`;
    return accepts(`${claim}/${nameOf(character)}`, `${field} accepts ${character}`, { [field]: value }, character);
  }),
]);

const answers: readonly Case[] = [
  accepts('RS-2/id', 'id is a non-empty string', { object_reference_id: '9{d12}' }),
  accepts('RS-3/object', 'object is "customer"', { object_reference_id: '9{d23}1' }),
  acceptsRich('RS-4/all-fields', 'every field that was sent comes back unchanged', {
    ...{ object_reference_id: '0{d9}', mobile_number: '0{d9}' },
  }),
  accepts('RS-4/letter-case', 'upper and lower case come back as sent', {
    ...{ first_name: 'mARIa', last_name: 'McTAN', email_address: 'mArIa@Example.COM' },
  }),
  accepts('RS-4/digits-stay-text', 'digits come back as text, including leading zeros', {
    ...{ mobile_number: '0099887766', first_name: '007', last_name: '1e3' },
  }),
  accepts('RS-4/words-of-json', 'null and true come back as text, as sent', { first_name: 'true', last_name: 'null' }),
  acceptsRich('RS-4/with-token', 'every field comes back with a token too', {
    ...{ first_name: NAME, last_name: NAME, [TOKEN_OPTION]: 'true' },
  }),
  accepts('RS-5/times', 'both times are RFC 3339 with a zone, in order', { object_reference_id: 'a{24}' }),
  accepts('RS-6/names', 'field names are spelled as in the samples', { object_reference_id: '{32}-one' }),
  accepts('RS-6/names-with-token', 'field names are spelled as in the samples, with a token too', {
    ...{ object_reference_id: '{63}x', [TOKEN_OPTION]: 'true' },
  }),
  creates('RS-9/new-customer', 'date_created of a new customer is now, by the Date header'),
  accepts('EP-4/customer', 'a 200 is a JSON object with a JSON media type', { object_reference_id: 'conf-{24}' }),
  accepts('EP-4/customer-with-token', 'a 200 with a token is a JSON object with a JSON media type', {
    ...{ object_reference_id: 'maria.{16}@example.com', [TOKEN_OPTION]: 'true' },
  }),
  makeCase('EP-4/bad-request', 'a 400 is a JSON object with a JSON media type', [
    step('the call', 'bad-request', customer({ email_address: everywhere('\t\r\n') }), { blames: 'RQ-7' }),
  ]),
];

/** Calls that must be accepted, with checks of their answers. */
export const successTable: readonly Case[] = [
  ...operation,
  ...references,
  ...phones,
  ...emails,
  ...names,
  ...formDecoding,
  ...answers,
];
