import { answers, checks, refuses } from '../patches.ts';
import type { FaultRow } from './fault.ts';

/** @param change replaces each match, or computes the new value */
type Row = readonly [
  name: string,
  field: string,
  description: string,
  where: RegExp,
  change: string | ((value: string) => unknown),
];

const EMAIL = 'email_address';
const REFERENCE = 'object_reference_id';

/** Changed values: name, field, description, pattern and replacement. */
const CHANGED: readonly Row[] = [
  ['name-cut-at-20', 'first_name', 'of more than 20 characters is cut', /(?<=.{20}).+/, ''],
  ['name-cut-at-32', 'last_name', 'of more than 32 characters is cut', /(?<=.{32}).+/, ''],
  ['email-cut-at-50', EMAIL, 'of more than 50 characters is cut', /(?<=.{50}).+/, ''],
  ['email-cut-at-64', EMAIL, 'of more than 64 characters is cut', /(?<=.{64}).+/, ''],
  ['reference-cut-at-32', REFERENCE, 'of more than 32 characters comes back cut', /(?<=.{32}).+/, ''],
  ['reference-cut-at-50', REFERENCE, 'of more than 50 characters comes back cut', /(?<=.{50}).+/, ''],
  ['one-letter-name-lost', 'first_name', 'of one character is lost', /^.$/, ''],
  ['word-null-is-null', 'first_name', 'null comes back as null', /^null$/i, () => null],
  ['word-true-is-boolean', 'first_name', 'true comes back as a boolean', /^true$/, () => true],
  ['undefined-taken-for-none', 'first_name', 'undefined does not come back', /^undefined$/, () => undefined],
  ['name-of-digits-is-a-number', 'first_name', 'of digits comes back as a number', /^\d+$/, Number],
  ['name-with-exponent-is-spelled-out', 'last_name', 'like 1e3 comes back as 1000', /^\d+e\d+$/i, asNumber],
  ['mobile-number-loses-zeros', 'mobile_number', 'loses zeros in front', /^0+/, ''],
  ['mobile-number-is-a-number', 'mobile_number', 'without a zero in front is a number', /^[1-9]\d*$/, Number],
  ['mobile-number-loses-country-code', 'mobile_number', 'that begins with 65 loses it', /^65/, ''],
  ['country-code-padded', 'mobile_country_code', 'of one digit gets a zero in front', /^(?=\d$)/, '0'],
  ['country-code-with-plus', 'mobile_country_code', 'of three digits gets a plus', /^(?=\d{3}$)/, '+'],
  ['reference-of-digits-rounded', REFERENCE, 'of more than 15 digits is rounded', /^\d{16,}$/, asNumber],
  ['reference-of-digits-loses-zeros', REFERENCE, 'of digits loses zeros in front', /^0+(?=\d+$)/, ''],
  ['reference-uuid-lowercased', REFERENCE, 'that is a UUID comes back in lowercase', /^[\dA-F]{8}-.*[A-F]/, lowercase],
  ['reference-double-hyphen-single', REFERENCE, 'loses one of two hyphens', /--/g, '-'],
  ['reference-loses-plus-tag', REFERENCE, 'that is an email address loses its plus tag', /\+.*@/, '@'],
  ['reference-ends-trimmed', REFERENCE, 'loses punctuation at its ends', /^[-_.]+|[-_.]+$/g, ''],
  ['email-domain-lowercased', EMAIL, 'has its domain in lowercase', /@.*[A-Z]/, (value) => lowercasePart(/@.*/, value)],
  [
    'email-local-part-lowercased',
    EMAIL,
    'has its local part in lowercase',
    /[A-Z].*@/,
    (value) => lowercasePart(/.*@/, value),
  ],
  ['email-loses-dots', EMAIL, 'loses the dots of its local part', /\.(?=.*@)/g, ''],
  ['email-loses-plus-tag', EMAIL, 'loses its plus tag', /\+.*@/, '@'],
  ['email-braces-filled-in', EMAIL, 'loses what is in braces', /\{.*\}/, ''],
  ['email-brace-lost', EMAIL, 'loses an opening brace', /\{/g, ''],
  ['email-backtick-lost', EMAIL, 'loses a backtick', /`/g, ''],
  ['email-question-mark-cuts', EMAIL, 'is cut at a question mark', /\?.*/, ''],
  ['email-number-sign-cuts', EMAIL, 'is cut at a number sign', /#.*/, ''],
  ['email-dollar-expanded', EMAIL, 'loses what follows a dollar sign', /\$\w+/, ''],
  ['email-apostrophe-backslashed', EMAIL, 'gets a backslash before an apostrophe', /(?=')/g, '\\'],
  ['email-pipe-cuts', EMAIL, 'is cut at a vertical line', /\|.*/, ''],
  ['email-slash-doubled', EMAIL, 'gets a second slash', /\//g, '//'],
  ['email-tilde-escaped', EMAIL, 'comes back with %7E for ~', /~/g, '%7E'],
  ['email-subdomain-lost', EMAIL, 'loses its first subdomain', /@[^.]+\.(?=[^.]+\.)/, '@'],
  ['name-parenthesised-part-lost', 'first_name', 'loses what is in parentheses', /\(.*\)/, ''],
  ['name-hyphen-is-a-space', 'last_name', 'comes back with a space for a hyphen', /-/g, ' '],
  ['name-underscore-is-a-space', 'first_name', 'comes back with a space for an underscore', /_/g, ' '],
  ['name-final-dot-lost', 'last_name', 'loses a dot at its end', /\.+$/, ''],
  ['name-double-dot-single', 'first_name', 'loses one of two dots', /\.\./g, '.'],
  ['name-mc-normalised', 'last_name', 'with a capital inside comes back in lowercase', /(?<=[a-z])[A-Z]/, lowercase],
];

function asNumber(value: string): string {
  return String(Number(value));
}

function lowercase(value: string): string {
  return value.toLowerCase();
}

function lowercasePart(pattern: RegExp, value: string): string {
  return value.replace(pattern, lowercase);
}

/** The field that a claim on values is about. */
const FIELD_OF: Readonly<Record<string, string>> = {
  'RQ-2': REFERENCE,
  'RQ-6': EMAIL,
  'RQ-7': EMAIL,
  'RQ-8': EMAIL,
  'RQ-9': 'first_name',
  'RQ-10': 'first_name',
  'RQ-11': 'last_name',
  'RQ-12': 'last_name',
  'RQ-14': 'mobile_country_code',
};

/** Values whose check is wrong. */
type Checked = readonly (readonly [name: string, claim: string, description: string, where: RegExp])[];

/** Valid values that are refused. */
const REFUSED: Checked = [
  ['one-letter-name-refused', 'RQ-9', 'of one character is refused', /^.$/],
  ['name-of-36-refused', 'RQ-11', 'of more than 35 characters is refused', /.{36}/],
  ['name-of-punctuation-refused', 'RQ-9', 'without letter or digit is refused', /^[^A-Za-z0-9]+$/],
  ['name-starting-with-digit-refused', 'RQ-11', 'that begins with a digit is refused', /^\d/],
  ['name-null-refused', 'RQ-9', 'null is refused', /^null$/i],
  ['sql-word-refused', 'RQ-11', 'null, or, select and their like are refused', /^(?:null|or|select|drop|union|and)$/i],
  ['email-of-65-refused', 'RQ-6', 'of more than 64 characters is refused', /.{65}/],
  ['email-double-special-refused', 'RQ-6', 'with a doubled hyphen is refused', /--/],
  [
    'email-starting-special-refused',
    'RQ-6',
    'that begins with a special character is refused',
    /^[!#$%&'*+\-/=?^`{|}~]/,
  ],
  ['email-long-top-level-refused', 'RQ-6', 'with more than four letters on top is refused', /\.[a-z]{5,}$/i],
  ['email-deep-subdomain-refused', 'RQ-6', 'with three dots in its domain is refused', /@.*\..*\..*\./],
  ['email-digit-domain-refused', 'RQ-6', 'with a digit in its domain is refused', /@.*\d/],
  ['email-one-letter-local-refused', 'RQ-6', 'with one character before the @ is refused', /^.@/],
  ['reference-of-64-refused', 'RQ-2', 'of more than 63 characters is refused', /.{64}/],
  ['reference-with-plus-refused', 'RQ-2', 'with a plus is refused', /\+/],
  ['reference-of-digits-refused', 'RQ-2', 'of digits alone is refused', /^\d+$/],
  ['country-code-of-three-digits-refused', 'RQ-14', 'of three digits is refused', /^\d{3}$/],
];

const CONTROL = /\p{Cc}/u;
const SYMBOL_BEYOND_ASCII = /(?![ -~])[\p{S}\p{P}]/u;
const TWO_NAMES = [
  ['first-name', 'RQ-10'],
  ['last-name', 'RQ-12'],
] as const;

/** Overlooked errors: the field is not checked if it matches. */
const OVERLOOKED: Checked = [
  ['email-line-break-at-the-end-accepted', 'RQ-7', 'with a line break at its end is accepted', /\n$/],
  ['email-control-characters-accepted', 'RQ-7', 'with a control character is accepted', CONTROL],
  ['email-leading-blank-accepted', 'RQ-7', 'with a blank in front is accepted', /^ /],
  ['email-quoted-local-part-accepted', 'RQ-7', 'with a quoted local part is accepted', /^".*"@/],
  ['email-display-name-accepted', 'RQ-7', 'with a name before it is accepted', /^.*<.*>$/],
  ['email-domain-literal-accepted', 'RQ-7', 'with a domain in brackets is accepted', /@\[.*\]$/],
  ['two-email-addresses-accepted', 'RQ-7', 'that is two addresses is accepted', /@.*,.*@/],
  ['email-comment-accepted', 'RQ-7', 'with a comment is accepted', /\(.*\)/],
  ['email-symbol-beyond-ascii-accepted', 'RQ-7', 'with a symbol beyond ASCII is accepted', SYMBOL_BEYOND_ASCII],
  ['email-doubled-edge-accepted', 'RQ-8', 'with two underscores at an edge is accepted', /^__|__@/],
  ...TWO_NAMES.flatMap(
    ([name, claim]): Checked => [
      [`${name}-line-break-at-the-end-accepted`, claim, 'with a line break at its end is accepted', /\n$/],
      [`${name}-control-character-accepted`, claim, 'with a control character is accepted', CONTROL],
      [`${name}-symbol-beyond-ascii-accepted`, claim, 'with a symbol beyond ASCII is accepted', SYMBOL_BEYOND_ASCII],
    ],
  ),
  ['first-name-last-character-not-checked', 'RQ-10', 'is not checked at its end', /^[\w().-]*[^\w().\- ]$/],
  ['last-name-first-character-not-checked', 'RQ-12', 'is not checked at its beginning', /^[^\w().\- ][\w().-]*$/],
];

function matches(value: string | undefined, where: RegExp): boolean {
  return value !== undefined && where.test(value);
}

/** Faults for some values of a single field. */
export const dataFaults: readonly FaultRow[] = [
  ...CHANGED.map(
    ([name, field, description, where, change]): FaultRow => [
      name,
      'RS-4 EP-2 GC-1 GC-2 GC-3 TK-5',
      `${field} ${description}`,
      answers((body, sent) => {
        const value = body[field];
        if (typeof value !== 'string' || value.search(where) === -1 || !(field in sent)) return body;
        return { ...body, [field]: typeof change === 'string' ? value.replace(where, change) : change(value) };
      }),
    ],
  ),
  ...REFUSED.map(([name, claim, description, where]): FaultRow => {
    const field = FIELD_OF[claim] ?? '';
    const refused = refuses(field, (fields) => matches(fields[field], where));
    return [name, `${claim} RS-1 TK-6`, `${field} ${description}`, refused];
  }),
  ...OVERLOOKED.map(([name, claim, description, where]): FaultRow => {
    const field = FIELD_OF[claim] ?? '';
    const overlooks = checks((fields, validator) =>
      validator(fields).filter((error) => error.field !== field || !matches(fields[field], where)),
    );
    return [name, claim, `${field} ${description}`, overlooks];
  }),
];
