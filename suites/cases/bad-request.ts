import { type Case, makeCase } from './case.ts';
import { triesIn } from './characters.ts';
import { again, type Changes, customer, SAME, step, TOKEN_OPTION } from './data.ts';
import { type Body, everywhere, forbiddenCharacters, refuses } from './forbidden-characters.ts';

/** A bad call for an existing customer, for which a server must not skip validation. */
function refusesLater(id: string, title: string, of: string, changes: Changes, characters?: string): Case {
  const fields = customer({ object_reference_id: SAME, ...changes });
  const steps = [again(of), { ...step('the bad call', 'bad-request', fields), of }];
  const name = `${id}-for-an-existing-customer`;
  return makeCase(name, `${title}, for an existing customer too`, steps, triesIn(changes, characters));
}

const MINIMAL: Body = { body: 'minimal' };
const MINIMAL_WITH_TOKEN: Body = { body: 'minimal', token: 'true' };

const mandatory: readonly Case[] = [
  { field: 'object_reference_id', claim: 'RQ-1' },
  { field: 'mobile_number', claim: 'RQ-3' },
].flatMap(({ field, claim }) => [
  refuses(`${claim}/absent`, `without ${field} the call gets 400`, { [field]: undefined }),
  refuses(`${claim}/empty`, `with an empty ${field} the call gets 400`, { [field]: '' }, undefined, MINIMAL),
  makeCase(`${claim}/absent-with-token`, `without ${field} the call gets 400, also when it asks for a token`, [
    step('the call', 'bad-request', customer({ [field]: undefined, [TOKEN_OPTION]: 'true' })),
  ]),
]);

const references: readonly Case[] = [
  refuses('RQ-2/seven-characters', 'a reference of 7 characters gets 400', { object_reference_id: '{6}@' }),
  refuses(
    'RQ-2/one-character',
    'a reference of 1 character gets 400',
    { object_reference_id: '{1}' },
    undefined,
    MINIMAL_WITH_TOKEN,
  ),
];

const existing: readonly Case[] = [
  refusesLater('RQ-3/absent', 'without mobile_number the call gets 400', 'EP-1/post', { mobile_number: undefined }),
  refusesLater(
    'RQ-7/comma',
    'a comma in email_address gets 400',
    'RQ-6/capital-letters',
    { email_address: 'maria,tan@example.com' },
    ',',
  ),
  refusesLater('RQ-8/leading-full-stop', '. first in the local part gets 400', 'RQ-14/1', {
    email_address: '..maria@example.com',
  }),
  refusesLater('RQ-10/at-sign', '@ in first_name gets 400', 'RQ-9/left-parenthesis', { first_name: 'Ma@ria' }, '@'),
  refusesLater('RQ-12/at-sign', '@ in last_name gets 400', 'RQ-11/hyphen', { last_name: 'T@n' }, '@'),
];

const email = (id: string, title: string, email_address: string, beside: Body = {}, character?: string) =>
  refuses(id, title, { email_address }, character, beside);

const emails: readonly Case[] = [
  email('RQ-7/first', 'white space at the start gets 400', '\r\n\tmaria@example.com', MINIMAL, '\t'),
  email('RQ-7/last', 'an excluded character at the end gets 400', 'maria@example.com\n', MINIMAL_WITH_TOKEN, '\n'),
  email(
    'RQ-7/control-character',
    'control characters get 400',
    everywhere('\u0000\u0001\u001b\u007f'),
    {},
    '\u0000\u0001\u001b\u007f',
  ),
  email('RQ-7/beyond-ascii', 'curly quotes get 400', everywhere('“’”'), MINIMAL, '“’”'),
  email('RQ-7/comment', 'a comment gets 400', 'maria(mia)@example.com', MINIMAL_WITH_TOKEN),
  email('RQ-7/domain-literal', 'an address in brackets as domain gets 400', 'maria@[127.0.0.1]'),
  email('RQ-7/display-name', 'an address with a name before it gets 400', 'Maria <maria@example.com>', MINIMAL),
  email('RQ-8/leading-full-stop', '. first in the local part gets 400', '.maria@example.com'),
  email('RQ-8/trailing-full-stop', '. last in the local part gets 400', 'maria.@example.com', MINIMAL_WITH_TOKEN),
  email('RQ-8/leading-low-line', '_ first in the local part gets 400', '_maria@example.com', MINIMAL),
  email('RQ-8/trailing-low-line', '_ last in the local part gets 400', 'maria_@example.com', { token: 'false' }),
  email('RQ-8/doubled-leading-low-line', '_ twice at the start of the local part gets 400', '__maria@example.com'),
  email('RQ-8/doubled-trailing-full-stop', '. twice at the end of the local part gets 400', 'maria..@example.com', {
    body: 'minimal',
  }),
];

/**
 * Control characters, at the ends because of patterns without a proper end and of trimming. Non-ASCII characters among the
 * Latin-1 letters, or with two UTF-16 units.
 */
const names: readonly Case[] = [
  { field: 'first_name', claim: 'RQ-10', first: '\nMaria', last: 'Maria\n', beyond: '😀', alone: '\u007f\u0000\u001b' },
  { field: 'last_name', claim: 'RQ-12', first: '\tTan', last: 'Tan\r\n', beyond: '×', alone: '\u0000\u0001\u007f' },
].flatMap(({ field, claim, first, last, beyond, alone }) => {
  const refused = (what: string, title: string, value: string, characters: string, beside?: Body) =>
    refuses(`${claim}/${what}`, `${title} gets 400`, { [field]: value }, characters, beside);
  return [
    refused('first', `a control character first in ${field}`, first, first.charAt(0), MINIMAL),
    refused('last', `a line break last in ${field}`, last, '\n'),
    refused('beyond-ascii', `${beyond} in ${field}`, `${beyond}Ma${beyond}ria${beyond}`, beyond),
    refused('alone', `a ${field} of control characters alone`, alone, alone, MINIMAL),
  ];
});

/** A test of the refusal itself: if the call is accepted, the claim that forbids it is blamed. */
function refusal(id: string, title: string, blames: string, changes: Changes, character?: string): Case {
  const call = step('the call', 'bad-request', customer(changes), { blames });
  return makeCase(id, title, [call], triesIn(changes, character));
}

const answers: readonly Case[] = [
  refusal('ER-1/missing-field', 'a missing field gets exactly 400', 'RQ-3', { mobile_number: undefined }),
  refusal('ER-1/forbidden-character', 'a forbidden character gets exactly 400', 'RQ-10', { first_name: 'O’Neil' }, '’'),
  makeCase('ER-1/empty-body', 'an empty body gets exactly 400', [step('the call', 'bad-request', {})]),
  makeCase('ER-1/two-errors', 'two errors at once get exactly 400', [
    step('the call', 'bad-request', customer({ mobile_number: undefined, last_name: 'T@n' })),
  ]),
  refusal('ER-2/missing-field', 'the 400 for a missing field has its three texts', 'RQ-1', {
    object_reference_id: undefined,
  }),
  refusal(
    'ER-2/forbidden-character',
    'the 400 for a forbidden character has its three texts',
    'RQ-12',
    { last_name: '“O’Tan”' },
    '“’”',
  ),
  refusal('ER-2/short-reference', 'the 400 for a short reference has its three texts', 'RQ-2', {
    object_reference_id: '{d5}',
  }),
];

/** Calls with a single error in the body, which get the documented 400. */
export const badRequestTable: readonly Case[] = [
  ...mandatory,
  ...references,
  ...existing,
  ...forbiddenCharacters,
  ...emails,
  ...names,
  ...answers,
];
