import { CONFORMING_STEPS, stored, storeKey } from '../steps.ts';
import type { Fields } from '../store.ts';
import type { FormValidator } from '../validate.ts';
import type { Fault } from './fault.ts';
import { changeBody } from './rewriting.ts';

const { customerFor, decode } = CONFORMING_STEPS;

/** Reads the form with changed values. */
function reads(change: (fields: Fields) => Fields): Fault['patch'] {
  return () => ({
    steps: {
      validate: (fields, validator) => validator(change(fields)),
      customerFor: (fields, world) => customerFor(change(fields), world),
    },
  });
}

/** Changes the form's text before decoding. */
function decodes(change: (body: string) => string): Fault['patch'] {
  return () => ({ steps: { decode: (body) => decode(change(body)) } });
}

/** Stores the customer with changed values. */
function stores(change: (fields: Fields) => Fields): Fault['patch'] {
  return () => ({ steps: { customerFor: (fields, world) => customerFor(change(fields), world) } });
}

/** Changes all values, or those of some fields. */
function each(change: (value: string) => string, names = /./): (fields: Fields) => Fields {
  return (fields) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, names.test(name) ? change(value) : value]));
}

/** Checks some calls less or not at all. */
function checks(errors: (fields: Fields, validator: FormValidator) => ReturnType<FormValidator>): Fault['patch'] {
  return () => ({ steps: { validate: (fields, validator) => errors(fields, validator) } });
}

const DECODING_SHOWS = { 'RS-4': 'what was sent does not come back' };

/** Claims for faults of the whole form: any field may be misread, including the reference. */
const MISREAD = {
  ...DECODING_SHOWS,
  'RQ-2': 'a reference with such a character becomes too short, or another one',
  'RQ-6': 'an email address with such a character becomes one that is refused',
};

const CUT = {
  ...MISREAD,
  'RQ-10': 'what is left of a bad name is a good one',
  'RQ-12': 'what is left of a bad name is a good one',
};

/** The option's name has a dot, which may be escaped. */
const OPTION_UNSEEN = { 'TK-1': 'the option is not seen', 'TK-4': 'the option is not seen' };

/** Faults in decoding and validating the form, beyond those of changed schemas. */
export const requestFaults: readonly Fault[] = [
  {
    name: 'percent-escapes-not-decoded',
    claim: 'EP-2',
    description: 'percent escapes in values are not decoded',
    related: {
      'RS-4': 'what was sent does not come back',
      'RQ-7': 'the percent sign of an escaped excluded character is allowed',
      'RQ-8': 'the @ that ends the local part is not seen',
      'RQ-9': 'a coded character has a percent sign, which names must not have',
      'RQ-11': 'a coded character has a percent sign, which names must not have',
      'RS-1': 'coded values have a percent sign, which names must not have',
      ...Object.fromEntries(
        ['AU-1', 'RQ-4', 'RQ-14', 'RS-9'].map((claim) => [claim, 'its call has several coded values']),
      ),
      'RQ-2': 'a coded reference comes back as another one',
      'RQ-6': 'a coded email address may be refused',
      'RQ-16': 'coded, the option is not known',
      ...Object.fromEntries(
        ['EP-1', 'EP-4', 'RS-2', 'RS-3', 'RS-5', 'RS-6', 'TK-1', 'TK-2', 'TK-3', 'TK-4', 'TK-5', 'TK-6'].map((one) => [
          one,
          'any call in percent escapes is refused',
        ]),
      ),
    },
    patch: decodes((body) => body.replaceAll('%', '%25')),
  },
  {
    name: 'percent-escapes-decoded-twice',
    claim: 'EP-2',
    description: 'percent escapes are decoded a second time',
    related: MISREAD,
    patch: reads(each((value) => safely(decodeURIComponent, value))),
  },
  {
    name: 'plus-decoded-twice',
    claim: 'RQ-6',
    description: 'a percent-encoded + is read as a space',
    related: { ...MISREAD, 'RQ-10': 'a name with + is accepted as one with a space', 'RQ-12': 'so is a last name' },
    patch: reads(each((value) => value.replaceAll('+', ' '))),
  },
  {
    name: 'plus-not-read-as-space',
    claim: 'EP-2',
    description: 'a bare + in the form stays a plus sign',
    patch: decodes((body) => body.replaceAll('+', '%2B')),
  },
  {
    name: 'lowercase-escapes-not-decoded',
    claim: 'EP-2',
    description: 'an escape with lowercase hexadecimal digits is not decoded',
    related: {
      'RS-4': 'what was sent does not come back',
      'TK-5': 'a call for a token with such an escape may get other data',
      ...OPTION_UNSEEN,
      'RQ-2': 'a reference with such an escape becomes another one',
    },
    patch: decodes((body) => body.replace(/%(?=[0-9]?[a-f][0-9a-f]?)/g, '%25')),
  },
  {
    name: 'escaped-names-not-decoded',
    claim: 'EP-2',
    description: 'escapes in field names are not decoded',
    related: OPTION_UNSEEN,
    patch: decodes((body) =>
      body.replace(/(^|&)([^=]*)/g, (_, and: string, name: string) => and + name.replaceAll('%', '%25')),
    ),
  },
  {
    name: 'bare-equals-sign-ends-a-value',
    claim: 'EP-2',
    description: 'a value ends at an equals sign that is not escaped',
    related: { 'RS-4': 'what was sent does not come back', 'RQ-2': 'a reference with one becomes another one' },
    patch: decodes((body) => body.replace(/(^|&)([^=&]*=[^=&]*)=[^&]*/g, '$1$2')),
  },
  {
    name: 'last-name-lost-where-it-is-the-first',
    claim: 'RS-4',
    description: 'a last name equal to the first name does not come back',
    related: { 'TK-5': 'a call for a token may have such names' },
    patch: () =>
      changeBody(200, (body) => (body['first_name'] === body['last_name'] ? { ...body, last_name: undefined } : body)),
  },
  {
    name: 'value-cut-at-ampersand',
    claim: 'EP-2',
    description: 'a value ends at a percent-encoded ampersand',
    related: CUT,
    patch: reads(each((value) => value.split('&', 1)[0] ?? '')),
  },
  {
    name: 'value-cut-at-equals-sign',
    claim: 'EP-2',
    description: 'a value ends at a percent-encoded equals sign',
    related: CUT,
    patch: reads(each((value) => value.split('=', 1)[0] ?? '')),
  },
  {
    name: 'apostrophe-escaped',
    claim: 'EP-2',
    related: DECODING_SHOWS,
    description: 'an apostrophe comes back doubled',
    patch: stores(each((value) => value.replaceAll("'", "''"))),
  },
  {
    name: 'ampersand-escaped',
    claim: 'EP-2',
    related: DECODING_SHOWS,
    description: 'an ampersand comes back as an HTML entity',
    patch: stores(each((value) => value.replaceAll('&', '&amp;'))),
  },
  {
    name: 'email-lowercased',
    claim: 'RS-4',
    description: 'the email address comes back in lowercase',
    patch: stores(each((value) => (value.includes('@') ? value.toLowerCase() : value), /^email_address$/)),
  },
  {
    name: 'names-capitalised',
    claim: 'RS-4',
    description: 'names come back with a capital first and the rest in lowercase',
    patch: stores(each((value) => value.slice(0, 1).toUpperCase() + value.slice(1).toLowerCase(), /_name$/)),
  },
  {
    name: 'leading-zeros-lost',
    claim: 'RS-4',
    description: 'a value of digits comes back without leading zeros',
    related: { 'GC-2': 'references that differ only in those zeros name one customer' },
    patch: stores(each((value) => value.replace(/^0+(?=\d+$)/, ''))),
  },
  {
    name: 'email-lost-when-both-names-are-there',
    claim: 'RS-4',
    description: 'the email address is lost when both names are sent',
    related: { 'EP-2': 'the decoding cases send both names' },
    patch: stores(({ email_address, ...rest }) =>
      email_address === undefined || ('first_name' in rest && 'last_name' in rest) ? rest : { ...rest, email_address },
    ),
  },
  {
    name: 'country-code-lost-with-token',
    claim: 'RS-4',
    description: 'the country code of a new customer is lost when a token is asked for',
    related: { 'TK-5': 'asking for a token is what loses it', ...DECODING_SHOWS },
    patch: () => ({
      steps: {
        async customerFor(fields, world) {
          const { mobile_country_code: _, ...rest } = fields;
          const customer = await customerFor(fields, world);
          return fields['options.get_client_auth_token'] === 'true' ? { ...customer, fields: stored(rest) } : customer;
        },
      },
    }),
  },
  {
    name: 'second-error-accepted',
    claim: 'ER-1',
    description: 'a call with two fields wrong is accepted',
    patch: checks((fields, validator) => {
      const errors = validator(fields);
      return new Set(errors.map((error) => error.field)).size > 1 ? [] : errors;
    }),
  },
  {
    name: 'empty-reference-accepted',
    claim: 'RQ-1',
    description: 'an empty object_reference_id is accepted',
    patch: checks((fields, validator) => (fields['object_reference_id'] === '' ? [] : validator(fields))),
  },
  {
    name: 'not-checked-with-token',
    claim: 'RQ-1',
    description: 'mandatory fields are not checked when a token is asked for',
    related: { 'RQ-3': 'neither of them is' },
    patch: checks((fields, validator) =>
      validator(fields).filter(
        ({ problem }) => problem !== 'absent' || fields['options.get_client_auth_token'] !== 'true',
      ),
    ),
  },
  {
    name: 'only-first-character-checked',
    claim: 'RQ-10',
    description: 'only the first character of names and email address is checked',
    related: {
      'RQ-7': 'the same for the email address',
      'RQ-8': 'its end is not checked',
      'RQ-12': 'the same for last_name',
    },
    patch: checks((fields, validator) =>
      validator(each((value) => value.slice(0, 1), /_name$|^email_address$/)(fields)),
    ),
  },
  {
    name: 'first-character-not-checked',
    claim: 'RQ-10',
    description: 'the first character of a name is not checked',
    related: { 'RQ-12': 'the same for last_name' },
    patch: checks((fields, validator) => validator(each((value) => value.slice(1), /_name$/)(fields))),
  },
  {
    name: 'domain-not-checked',
    claim: 'RQ-7',
    description: 'the domain of an email address is not checked',
    patch: checks((fields, validator) =>
      validator(each((value) => `${value.split('@', 1)[0]}@example.com`, /^email_address$/)(fields)),
    ),
  },
  {
    name: 'new-id-after-another-customer',
    claim: 'GC-1',
    description: 'a customer gets a new id after a call for another one',
    related: { 'TK-5': 'the call that asks for a token may be the next one' },
    patch: () => {
      let last = '';
      return {
        steps: {
          customerFor(fields, world) {
            const key = storeKey(fields, world);
            const known = world.store.get(key);
            if (known !== undefined && last !== key) world.store.set(key, { ...known, id: world.ids.customerId() });
            last = key;
            return customerFor(fields, world);
          },
        },
      };
    },
  },
];

function safely(change: (value: string) => string, value: string): string {
  try {
    return change(value);
  } catch {
    return value;
  }
}
