import { answers, checks, customers, decodes, each, reads, remembering, renewed, steps, stores } from '../patches.ts';
import { CONFORMING_STEPS, stored, storeKey, TOKEN_OPTION } from '../steps.ts';
import type { FaultRow } from './fault.ts';

const { customerFor } = CONFORMING_STEPS;

/** Claims for values that are misread: any field may be, and a reference or an email address may become a bad one. */
const MISREAD = 'RS-4 RQ-2 RQ-6';

/** Claims on values without the characters that are escaped most often: any other call may be refused. */
const ANY_ESCAPED_CALL =
  'AU-1 EP-1 EP-4 RQ-2 RQ-4 RQ-6 RQ-7 RQ-8 RQ-9 RQ-11 RQ-14 RQ-16 ' +
  'RS-1 RS-2 RS-3 RS-4 RS-5 RS-6 RS-9 TK-1 TK-2 TK-3 TK-4 TK-5 TK-6';

/** Faults in decoding the form. */
const ofDecoding: readonly FaultRow[] = [
  [
    'percent-escapes-not-decoded',
    `EP-2 ${ANY_ESCAPED_CALL}`,
    'percent escapes in values are not decoded',
    decodes((body) => body.replaceAll('%', '%25')),
  ],
  [
    'percent-escapes-decoded-twice',
    `EP-2 ${MISREAD}`,
    'percent escapes are decoded a second time',
    reads(each(decodedAgain)),
  ],
  [
    'plus-decoded-twice',
    // A name with + is accepted as one with a space.
    'RQ-6 RS-4 RQ-2 RQ-10 RQ-12',
    'a percent-encoded + is read as a space',
    reads(each((value) => value.replaceAll('+', ' '))),
  ],
  [
    'plus-not-read-as-space',
    'EP-2',
    'a bare + in the form stays a plus sign',
    decodes((body) => body.replaceAll('+', '%2B')),
  ],
  [
    'lowercase-escapes-not-decoded',
    // The option's name has a dot, which may be escaped.
    'EP-2 RS-4 RQ-2 TK-1 TK-4 TK-5',
    'an escape with lowercase hexadecimal digits is not decoded',
    decodes((body) => body.replace(/%(?=[0-9]?[a-f][0-9a-f]?)/g, '%25')),
  ],
  [
    'escaped-names-not-decoded',
    'EP-2 TK-1 TK-4',
    'escapes in field names are not decoded',
    decodes((body) => body.replace(/(?<=^|&)[^=]*/g, (name) => name.replaceAll('%', '%25'))),
  ],
  [
    'bare-equals-sign-ends-a-value',
    // A reference with one is another customer's if it is escaped the next time.
    'EP-2 RS-4 RQ-2 GC-1',
    'a value ends at an equals sign that is not escaped',
    decodes((body) => body.replace(/(^|&)([^=&]*=[^=&]*)=[^&]*/g, '$1$2')),
  ],
  ...Object.entries({ ampersand: '&', 'equals-sign': '=' }).map(
    ([name, character]): FaultRow => [
      `value-cut-at-${name}`,
      // What is left of a bad name is a good one.
      `EP-2 ${MISREAD} RQ-10 RQ-12`,
      `a value ends at a percent-encoded ${name.replace('-', ' ')}`,
      reads(each((value) => value.split(character, 1)[0] ?? '')),
    ],
  ),
];

/** Faults in what is stored of the form. */
const ofValues: readonly FaultRow[] = [
  [
    'last-name-lost-where-it-is-the-first',
    'RS-4 TK-5',
    'a last name equal to the first name does not come back',
    answers((body) => (body['first_name'] === body['last_name'] ? { ...body, last_name: undefined } : body)),
  ],
  [
    'apostrophe-escaped',
    'EP-2 RS-4',
    'an apostrophe comes back doubled',
    stores(each((value) => value.replaceAll("'", "''"))),
  ],
  [
    'ampersand-escaped',
    'EP-2 RS-4',
    'an ampersand comes back as an HTML entity',
    stores(each((value) => value.replaceAll('&', '&amp;'))),
  ],
  [
    'email-lowercased',
    'RS-4',
    'the email address comes back in lowercase',
    stores(each((value) => (value.includes('@') ? value.toLowerCase() : value), /^email_address$/)),
  ],
  [
    'names-capitalised',
    'RS-4',
    'names come back with a capital first and the rest in lowercase',
    stores(each((value) => value.slice(0, 1).toUpperCase() + value.slice(1).toLowerCase(), /_name$/)),
  ],
  [
    'leading-zeros-lost',
    // References that differ only in those zeros name one customer.
    'RS-4 GC-2',
    'a value of digits comes back without leading zeros',
    stores(each((value) => value.replace(/^0+(?=\d+$)/, ''))),
  ],
  [
    'email-lost-when-both-names-are-there',
    'RS-4 EP-2',
    'the email address is lost when both names are sent',
    stores(({ email_address, ...rest }) =>
      email_address === undefined || ('first_name' in rest && 'last_name' in rest) ? rest : { ...rest, email_address },
    ),
  ],
  [
    'country-code-lost-with-token',
    'RS-4 TK-5',
    'the country code of a new customer is lost when a token is asked for',
    customers((customer, { fields: { mobile_country_code: _, ...rest } }) =>
      rest[TOKEN_OPTION] === 'true' ? { ...customer, fields: stored(rest) } : customer,
    ),
  ],
];

/** Faults in checking the form. */
const ofChecks: readonly FaultRow[] = [
  [
    'second-error-accepted',
    'ER-1',
    'a call with two fields wrong is accepted',
    checks((fields, validator) => {
      const errors = validator(fields);
      return new Set(errors.map((error) => error.field)).size > 1 ? [] : errors;
    }),
  ],
  [
    'empty-reference-accepted',
    'RQ-1',
    'an empty object_reference_id is accepted',
    checks((fields, validator) => (fields['object_reference_id'] === '' ? [] : validator(fields))),
  ],
  [
    'not-checked-with-token',
    'RQ-1 RQ-3',
    'mandatory fields are not checked when a token is asked for',
    checks((fields, validator) =>
      validator(fields).filter(({ problem }) => problem === 'invalid' || fields[TOKEN_OPTION] !== 'true'),
    ),
  ],
  [
    'only-first-character-checked',
    'RQ-10 RQ-7 RQ-8 RQ-12',
    'only the first character of names and email address is checked',
    checks((fields, validator) => validator(each((value) => value.slice(0, 1), /_name$|^email_address$/)(fields))),
  ],
  [
    'first-character-not-checked',
    'RQ-10 RQ-12',
    'the first character of a name is not checked',
    checks((fields, validator) => validator(each((value) => value.slice(1), /_name$/)(fields))),
  ],
  [
    'domain-not-checked',
    'RQ-7',
    'the domain of an email address is not checked',
    checks((fields, validator) =>
      validator(each((value) => `${value.split('@', 1)[0]}@example.com`, /^email_address$/)(fields)),
    ),
  ],
];

/** Faults in decoding, storing and checking the form, beyond those of changed schemas. */
export const requestFaults: readonly FaultRow[] = [
  ...ofDecoding,
  ...ofValues,
  ...ofChecks,
  [
    'new-id-after-another-customer',
    'GC-1 TK-5',
    'a customer gets a new id after a call for another one',
    remembering(() => {
      let last = '';
      return steps({
        customerFor(fields, world) {
          const key = storeKey(fields, world);
          const known = world.store.get(key);
          if (known !== undefined && last !== key) world.store.set(key, renewed(known, world));
          last = key;
          return customerFor(fields, world);
        },
      });
    }),
  ],
];

function decodedAgain(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
