import { type Case, makeCase } from './case.ts';
import { EMAIL_EXCLUDED, NAME_EXCLUDED, nameOf, triesIn } from './characters.ts';
import { customer, customerWithToken, prepare, step } from './data.ts';

type Changes = Readonly<Record<string, string | undefined>>;

/** @param characters what is tried in the one field that is changed */
function refuses(id: string, title: string, changes: Changes, characters?: string): Case {
  // Percent-coding leaves no doubt which character was sent: a space written as + would also test the decoding (EP-2).
  const coded = Object.values(changes).some((value) => value?.includes(' ')) ? { encoding: 'percent' as const } : {};
  return makeCase(id, title, [step('the call', 'bad-request', customer(changes), coded)], triesIn(changes, characters));
}

/** The refusal for a customer that exists already: a server must not skip its checks there. */
function refusesLater(id: string, title: string, changes: Changes, characters?: string): Case {
  const steps = [prepare('the valid call', customer()), step('the bad call', 'bad-request', customer(changes))];
  const name = `${id}-for-an-existing-customer`;
  return makeCase(name, `${title}, for a customer that exists too`, steps, triesIn(changes, characters));
}

const NAME_FIELDS = [
  { field: 'first_name', claim: 'RQ-10' },
  { field: 'last_name', claim: 'RQ-12' },
] as const;

const mandatory: readonly Case[] = [
  { field: 'object_reference_id', claim: 'RQ-1' },
  { field: 'mobile_number', claim: 'RQ-3' },
].flatMap(({ field, claim }) => [
  refuses(`${claim}/absent`, `without ${field} the call gets 400`, { [field]: undefined }),
  refuses(`${claim}/empty`, `with an empty ${field} the call gets 400`, { [field]: '' }),
  makeCase(`${claim}/absent-with-token`, `without ${field} the call gets 400, also when it asks for a token`, [
    step('the call', 'bad-request', customerWithToken({ [field]: undefined })),
  ]),
]);

const references: readonly Case[] = [
  refuses('RQ-2/seven-characters', 'a reference of 7 characters gets 400', { object_reference_id: '{7}' }),
  refuses('RQ-2/one-character', 'a reference of 1 character gets 400', { object_reference_id: '{1}' }),
];

const existing: readonly Case[] = [
  refusesLater('RQ-3/absent', 'without mobile_number the call gets 400', { mobile_number: undefined }),
  refusesLater('RQ-7/comma', 'a comma in email_address gets 400', { email_address: 'maria,tan@example.com' }, ','),
  refusesLater('RQ-8/leading-full-stop', '. first in the local part gets 400', { email_address: '.maria@example.com' }),
  refusesLater('RQ-10/at-sign', '@ in first_name gets 400', { first_name: 'Ma@ria' }, '@'),
  refusesLater('RQ-12/at-sign', '@ in last_name gets 400', { last_name: 'T@n' }, '@'),
];

const emails: readonly Case[] = [
  ...EMAIL_EXCLUDED.flatMap((character) => [
    refuses(
      `RQ-7/${nameOf(character)}`,
      `${JSON.stringify(character)} in the local part gets 400`,
      {
        email_address: `maria${character}tan@example.com`,
      },
      character,
    ),
    refuses(
      `RQ-7/${nameOf(character)}-in-domain`,
      `${JSON.stringify(character)} in the domain gets 400`,
      {
        email_address: `maria@exa${character}mple.com`,
      },
      character,
    ),
  ]),
  refuses(
    'RQ-7/first',
    'an excluded character at the very front gets 400',
    { email_address: '<maria@example.com' },
    '<',
  ),
  refuses('RQ-7/last', 'an excluded character at the very end gets 400', { email_address: 'maria@example.com>' }, '>'),
  refuses('RQ-8/leading-full-stop', '. first in the local part gets 400', { email_address: '.maria@example.com' }),
  refuses('RQ-8/trailing-full-stop', '. last in the local part gets 400', { email_address: 'maria.@example.com' }),
  refuses('RQ-8/leading-low-line', '_ first in the local part gets 400', { email_address: '_maria@example.com' }),
  refuses('RQ-8/trailing-low-line', '_ last in the local part gets 400', { email_address: 'maria_@example.com' }),
];

const names: readonly Case[] = NAME_FIELDS.flatMap(({ field, claim }) => [
  ...NAME_EXCLUDED.map((character) =>
    refuses(
      `${claim}/${nameOf(character)}`,
      `${character} in ${field} gets 400`,
      { [field]: `Ma${character}ria` },
      character,
    ),
  ),
  refuses(`${claim}/first`, `an excluded character first in ${field} gets 400`, { [field]: '@Maria' }, '@'),
  refuses(`${claim}/last`, `an excluded character last in ${field} gets 400`, { [field]: 'Maria@' }, '@'),
  refuses(`${claim}/alone`, `an excluded character alone in ${field} gets 400`, { [field]: '@' }, '@'),
]);

/** A question to the refusal itself: should the call be accepted, the claim that forbids it is to blame. */
function refusal(id: string, title: string, blames: string, changes: Changes): Case {
  return makeCase(id, title, [step('the call', 'bad-request', customer(changes), { blames })]);
}

const answers: readonly Case[] = [
  refusal('ER-1/missing-field', 'a missing field gets exactly 400', 'RQ-3', { mobile_number: undefined }),
  refusal('ER-1/forbidden-character', 'a forbidden character gets exactly 400', 'RQ-10', { first_name: 'Mar|a' }),
  makeCase('ER-1/empty-body', 'an empty body gets exactly 400', [step('the call', 'bad-request', {})]),
  makeCase('ER-1/two-errors', 'two errors at once get exactly 400', [
    step('the call', 'bad-request', customer({ mobile_number: undefined, last_name: 'T@n' })),
  ]),
  refusal('ER-2/missing-field', 'the 400 for a missing field has its three texts', 'RQ-1', {
    object_reference_id: undefined,
  }),
  refusal('ER-2/forbidden-character', 'the 400 for a forbidden character has its three texts', 'RQ-12', {
    last_name: 'T@n',
  }),
  refusal('ER-2/short-reference', 'the 400 for a short reference has its three texts', 'RQ-2', {
    object_reference_id: '{7}',
  }),
];

/** Calls with one thing wrong in the body: the documented 400. */
export const badRequestCases: readonly Case[] = [
  ...mandatory,
  ...references,
  ...existing,
  ...emails,
  ...names,
  ...answers,
];
