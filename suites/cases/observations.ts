import { type Call, type Case, makeCase, type Step } from './case.ts';
import { triesIn } from './characters.ts';
import { again, type Changes, customer, SAME, step, TOKEN_OPTION } from './data.ts';
import { everywhere } from './forbidden-characters.ts';

/** Any answer is observed. */
const ANYTHING = { expect: 'anything' } as const;

/** The names of the observations; the code is in judge/customer/observers.ts. */
export type ObservationName =
  | ('answer' | 'answer-and-token' | 'came-back' | 'refusal' | 'customer-id-field' | 'unsent-fields')
  | (
      | 'first-or-later-data'
      | 'one-or-two-customers'
      | 'token-lifetime'
      | 'token-reuse'
      | 'token-spelling'
      | 'error-words'
    );

function observes(id: string, title: string, observe: ObservationName, ...steps: readonly Step[]): Case {
  return makeCase(id, title, steps, { observe });
}

/** A call whose answer the page leaves open. */
function asks(
  id: string,
  title: string,
  changes: Changes,
  observe: ObservationName = 'came-back',
  characters?: string,
): Case {
  const steps = [step('the call', 'anything', customer(changes))];
  return makeCase(id, title, steps, { observe, ...triesIn(changes, characters) });
}

/** A call for an existing customer that must be refused, and of which nothing may show later. */
function refused(id: string, title: string, [of, blames]: readonly [string, string], call: Omit<Call, 'fields'>): Case {
  const fields = customer({ object_reference_id: SAME, [TOKEN_OPTION]: 'true' });
  return observes(id, title, 'refusal', { ...step('the call', 'refused', fields, { blames, ...call }), of });
}

function sends(id: string, title: string, call: Omit<Call, 'fields'>, observe: ObservationName = 'answer'): Case {
  return observes(id, title, observe, step('the call', 'anything', customer(), call));
}

/** Observes the customer of another case. @param nth which of that case's calls has the customer */
function finds(
  id: string,
  title: string,
  observe: ObservationName,
  [of, option, nth]: readonly [of: string, option?: 'true', nth?: number],
): Case {
  return observes(id, title, observe, again(of, option, { ...ANYTHING, ...(nth === undefined ? {} : { nth }) }));
}

/** Observes the wording of a documented refusal. */
function words(id: string, title: string, blames: string, changes: Changes): Case {
  return observes(id, title, 'error-words', step('the call', 'bad-request', customer(changes), { blames }));
}

const endpoint: readonly Case[] = [
  sends('EP-3/json-body', 'a JSON body', { encoding: 'json', mediaType: 'application/json' }),
  sends('EP-5/charset-parameter', "the form's media type with a charset parameter", {
    mediaType: 'application/x-www-form-urlencoded; charset=UTF-8',
  }),
  sends('EP-5/text-plain', 'a form as text/plain', { mediaType: 'text/plain' }),
  sends('EP-5/no-media-type', 'a form without a media type', { mediaType: null }),
  sends('EP-6/without-version', 'calls to /customers', { path: '/customers' }),
];

const access: readonly Case[] = [
  refused('AU-5/no-credentials', 'the refusal of a call without credentials', ['RQ-6/plus-sign', 'AU-2'], {
    credentials: 'scheme-alone',
  }),
  refused('AU-5/wrong-key', 'the refusal of a wrong key', ['RQ-6/tilde', 'AU-3'], { credentials: 'nul-added' }),
  refused('AU-5/no-merchant', 'the refusal of a call without x-merchantid', ['RS-4/digits-stay-text', 'AU-4'], {
    merchant: 'absent',
  }),
  sends('AU-5/key-without-colon', 'the bare key, without a colon', { credentials: 'without-colon' }),
  sends('AU-6/password', 'the right key with a password', { credentials: 'with-password' }),
  sends('AU-6/other-merchant', "somebody else's merchant id", { merchant: 'other' }),
];

const fields: readonly Case[] = [
  asks('RQ-5/plus-sign', 'a mobile number with a leading +', { mobile_number: '+6599887766' }),
  asks('RQ-5/letters', 'a mobile number with letters', { mobile_number: '99887766ab' }),
  asks('RQ-5/one-digit', 'a mobile number of one digit', { mobile_number: '9' }),
  asks('RQ-5/fifteen-digits', 'a mobile number of fifteen digits', { mobile_number: '998877665544332' }),
  asks('RQ-13/space', 'a space in first_name', { first_name: 'Ana Maria' }, 'came-back', ' '),
  asks('RQ-13/accent', 'a letter with an accent in first_name', { first_name: 'José' }, 'came-back', 'é'),
  asks('RQ-13/chinese', 'Chinese characters in last_name', { last_name: '陳' }, 'came-back', '陳'),
  asks('RQ-15/plus-sign', 'a country code with a leading +', { mobile_country_code: '+65' }),
  ...['TRUE', 'yes', '1', ''].map((value) =>
    asks(
      `RQ-17/${value === '' ? 'empty' : value}`,
      `the token option with ${value === '' ? 'an empty value' : value}`,
      { [TOKEN_OPTION]: value },
      'answer-and-token',
    ),
  ),
  asks('RQ-18/empty-email', 'an empty email_address', { email_address: '' }),
  asks('RQ-18/empty-first-name', 'an empty first_name', { first_name: '' }),
  asks('RQ-18/empty-country-code', 'an empty mobile_country_code', { mobile_country_code: '' }),
  asks('RQ-18/unknown-field', 'an undocumented field', { favourite_colour: 'blue' }, 'answer'),
  observes(
    'RQ-18/repeated-field',
    'first_name sent twice',
    'came-back',
    step(
      'the call',
      'anything',
      { object_reference_id: 'conf-{24}', mobile_number: '9988776655', first_name: 'Maria' },
      { rawBody: 'object_reference_id=conf-{24}&mobile_number=9988776655&first_name=Maria&first_name=Anna' },
    ),
  ),
  asks('RQ-18/long-reference', 'a reference of 160 characters', { object_reference_id: '{64}{64}{32}' }),
  asks('RQ-18/long-name', 'a name of 300 characters', { first_name: 'Maria'.repeat(60) }),
  asks('RQ-18/long-email', 'an email address of 300 characters', { email_address: `${'m'.repeat(288)}@example.com` }),
  asks('RQ-19/no-at-sign', 'an email address without @', { email_address: 'maria.tan.example.com' }),
  asks('RQ-19/two-at-signs', 'an email address with two @', { email_address: 'maria@tan@example.com' }),
  asks('RQ-19/no-local-part', 'an email address with nothing before the @', { email_address: '@example.com' }),
  asks('RQ-19/no-domain', 'an email address with nothing after the @', { email_address: 'maria@' }),
  asks('RQ-19/full-stop-before-domain', '. first in the domain', { email_address: 'maria@.example.com' }),
  asks('RQ-19/low-line-after-domain', '_ last in the domain', { email_address: 'maria@example.com_' }),
  asks(
    'RQ-20/accent',
    'a letter with an accent in an email address',
    { email_address: 'josé@example.com' },
    'came-back',
    'é',
  ),
];

const answers: readonly Case[] = [
  finds('RS-7/customer-id-field', 'Customer_id in the answer', 'customer-id-field', ['RS-4/digits-stay-text']),
  observes(
    'RS-8/unsent-fields',
    'optional fields that were not sent',
    'unsent-fields',
    step('the call', 'anything', { object_reference_id: 'conf-{24}', mobile_number: '9988776655' }),
  ),
  observes(
    'GC-5/other-data',
    'a later call with other data',
    'first-or-later-data',
    step('the first call', 'anything', customer()),
    step('the call with other data', 'anything', customer({ first_name: 'Tom' })),
  ),
  observes(
    'GC-6/letter-case',
    'references that differ only in letter case',
    'one-or-two-customers',
    step('the call in lowercase', 'anything', customer({ object_reference_id: 'conf-{20}-abc' })),
    step('the call in capitals', 'anything', customer({ object_reference_id: 'CONF-{20}-ABC' })),
  ),
  finds('TK-7/lifetime', 'how long a token is valid', 'token-lifetime', ['RQ-6/plus-sign', 'true']),
  observes(
    'TK-7/reuse',
    'whether a second request reuses the token',
    'token-reuse',
    ...[0, 1].map(() => again('RQ-6/tilde', 'true', ANYTHING)),
  ),
  finds('TK-7/spelling', 'the form of a token', 'token-spelling', ['TK-6/at-the-same-time', 'true', 2]),
  words('ER-3/missing-field', 'the wording for a missing field', 'RQ-3', { mobile_number: undefined }),
  words('ER-3/forbidden-character', 'the wording for a forbidden character', 'RQ-7', {
    email_address: everywhere('€×™…—«¿°'),
  }),
];

/** What the page leaves open: observed and reported, never a failure. */
export const observationTable: readonly Case[] = [...endpoint, ...access, ...fields, ...answers];
