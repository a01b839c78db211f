import { CONFORMING_STEPS } from '../steps.ts';
import type { Fields } from '../store.ts';
import { decodeBase64 } from './decode-base64.ts';
import type { Fault } from './fault.ts';

const { checkKey, customerFor, decode, validate } = CONFORMING_STEPS;

/** Values of one field come back changed. */
function changes(field: string, change: (value: string, fields: Fields) => string | undefined): Fault['patch'] {
  return () => ({
    steps: {
      async customerFor(fields, world) {
        const customer = await customerFor(fields, world);
        const value = customer.fields[field];
        const changed = value === undefined ? undefined : change(value, customer.fields);
        const { [field]: _, ...rest } = customer.fields;
        return changed === value
          ? customer
          : { ...customer, fields: changed === undefined ? rest : { ...rest, [field]: changed } };
      },
    },
  });
}

/** Calls whose fields are of some form are refused. */
function refuses(field: string, isRefused: (value: string) => boolean): Fault['patch'] {
  return () => ({
    steps: {
      validate: (fields, validator, world) => {
        const value = fields[field];
        const own =
          value !== undefined && isRefused(value) ? [{ field, problem: 'invalid' as const, detail: 'no' }] : [];
        return [...own, ...validate(fields, validator, world)];
      },
    },
  });
}

/** Bodies are rewritten before they are decoded: a spelling of the form that is misread. */
function misreads(rewrite: (body: string) => string): Fault['patch'] {
  return () => ({ steps: { decode: (body) => decode(rewrite(body)) } });
}

/** Lets a call in by a header that the right check refuses. */
function alsoLetsIn(isRight: (authorization: string, key: string) => boolean): Fault['patch'] {
  return () => ({
    steps: {
      checkKey: (authorization, world) =>
        isRight(authorization ?? '', world.apiKey) ? undefined : checkKey(authorization, world),
    },
  });
}

function decoded(authorization: string): string {
  return decodeBase64(authorization.replace(/^Basic /, ''));
}

/** Faults that only some data show, or credentials that are only just wrong. */
export const valueFaults: readonly Fault[] = [
  {
    name: 'long-numbers-rounded',
    claim: 'RS-4',
    description: 'a reference of digits alone comes back as a number would be printed',
    patch: changes('object_reference_id', (value) =>
      /^[1-9]\d{15,}$/.test(value) ? String(BigInt(Number(value))) : value,
    ),
  },
  {
    name: 'uuid-lowercased',
    claim: 'RS-4',
    description: 'a UUID comes back in lowercase',
    patch: changes('object_reference_id', (value) =>
      /^[0-9A-F]{8}-[0-9A-F-]{27}$/.test(value) ? value.toLowerCase() : value,
    ),
  },
  {
    name: 'doubled-hyphens-joined',
    claim: 'RS-4',
    description: 'two hyphens in a reference come back as one',
    patch: changes('object_reference_id', (value) => value.replace('--', '-')),
  },
  {
    name: 'last-name-lost-where-it-is-the-first',
    claim: 'RS-4',
    description: 'a last name that is the first name does not come back',
    patch: changes('last_name', (value, { first_name }) => (value === first_name ? undefined : value)),
  },
  {
    name: 'undefined-taken-for-none',
    claim: 'RS-4',
    description: 'the first name "undefined" does not come back',
    patch: changes('first_name', (value) => (value === 'undefined' ? undefined : value)),
  },
  {
    name: 'email-cut-at-64',
    claim: 'RS-4',
    description: 'an email address comes back with 64 characters at most',
    patch: changes('email_address', (value) => value.slice(0, 64)),
  },
  {
    name: 'domain-lowercased',
    claim: 'RS-4',
    description: 'the domain of an email address that is all capitals comes back in lowercase',
    patch: changes('email_address', (value) => (/@[A-Z]+\.COM$/.test(value) ? value.toLowerCase() : value)),
  },
  {
    name: 'country-code-cut-off',
    claim: 'RS-4',
    description: "a mobile number that begins with the call's country code comes back without it",
    patch: changes('mobile_number', (value, { mobile_country_code: code }) =>
      code !== undefined && code.length > 1 && value.startsWith(code) ? value.slice(code.length) : value,
    ),
  },
  {
    name: 'one-letter-names-refused',
    claim: 'RQ-9',
    description: 'a first name of one letter gets 400',
    patch: refuses('first_name', (value) => /^[A-Za-z]$/.test(value)),
  },
  {
    name: 'names-without-letters-refused',
    claim: 'RQ-11',
    description: 'a last name of punctuation alone gets 400',
    patch: refuses('last_name', (value) => /^[().\-_]+$/.test(value)),
  },
  {
    name: 'one-letter-local-part-refused',
    claim: 'RQ-6',
    description: 'an email address with one letter before the @ gets 400',
    patch: refuses('email_address', (value) => /^[A-Za-z]@/.test(value)),
  },
  {
    name: 'long-top-level-domain-refused',
    claim: 'RQ-6',
    description: 'an email address with a top-level domain of more than four letters gets 400',
    patch: refuses('email_address', (value) => /\.[A-Za-z]{5,}$/.test(value)),
  },
  {
    name: 'lowercase-escapes-not-decoded',
    claim: 'EP-2',
    description: 'an escape with lowercase hexadecimal digits is taken for text',
    related: {
      'RS-4': 'what was sent does not come back',
      'TK-5': 'a call for a token that is written so may be answered with other data',
      'RQ-2': 'a reference that is written so is another one',
    },
    comesAndGoes: true,
    patch: misreads((body) => body.replace(/%(?=[0-9]?[a-f][0-9a-f]?)/g, '%25')),
  },
  {
    name: 'escaped-names-not-decoded',
    claim: 'EP-2',
    description: 'the name of a field is read as it is written',
    patch: misreads((body) =>
      body.replace(/(^|&)([^=]*)/g, (_, and: string, name: string) => and + name.replaceAll('%', '%25')),
    ),
  },
  {
    name: 'bare-equals-sign-ends-a-value',
    claim: 'EP-2',
    description: 'a value ends at an equals sign that is not escaped',
    related: { 'RS-4': 'what was sent does not come back', 'RQ-2': 'a reference with one becomes another one' },
    comesAndGoes: true,
    patch: misreads((body) => body.replace(/(^|&)([^=&]*=[^=&]*)=[^&]*/g, '$1$2')),
  },
  {
    name: 'last-character-of-the-key-not-compared',
    claim: 'AU-3',
    description: 'a key that differs in its last character is let in',
    patch: alsoLetsIn(
      (text, key) => decoded(text).length === key.length + 1 && decoded(text).startsWith(key.slice(0, -1)),
    ),
  },
  {
    name: 'blanks-around-the-key-dropped',
    claim: 'AU-3',
    description: 'a key with a blank behind it is let in',
    patch: alsoLetsIn((text, key) => decoded(text).split(':', 1)[0]?.trim() === key && decoded(text).endsWith(':')),
  },
  {
    name: 'key-as-password-accepted',
    claim: 'AU-3',
    description: 'the key is let in as the password of an empty user name',
    patch: alsoLetsIn((text, key) => decoded(text) === `:${key}`),
  },
  {
    name: 'bearer-token-accepted',
    claim: 'AU-3',
    description: 'the key is let in as a Bearer token',
    patch: alsoLetsIn((text, key) => text === `Bearer ${key}`),
  },
  {
    name: 'line-break-at-the-end-accepted',
    claim: 'RQ-10',
    description: 'a first name may end in a line break, as patterns in some languages let it',
    patch: () => ({
      steps: {
        validate: (fields, validator, world) =>
          validate(
            fields['first_name'] === undefined
              ? fields
              : { ...fields, first_name: fields['first_name'].replace(/\n$/, '') },
            validator,
            world,
          ),
      },
    }),
  },
  {
    name: 'quoted-local-part-accepted',
    claim: 'RQ-7',
    description: 'an email address may have its local part in quotation marks',
    patch: () => ({
      steps: {
        validate: (fields, validator, world) =>
          validate(
            fields['email_address'] === undefined
              ? fields
              : { ...fields, email_address: fields['email_address'].replace(/^"([^"]+)"@/, '$1@') },
            validator,
            world,
          ),
      },
    }),
  },
];
