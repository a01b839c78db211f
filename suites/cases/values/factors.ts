import { TOKEN_OPTION } from '../data.ts';
import { ABSENT, type Classes } from './classes.ts';
import type { Factor } from './covering.ts';
import { EMAILS } from './emails.ts';
import { LAST_NAMES, NAMES } from './names.ts';
import { COUNTRY_CODES, MOBILE_NUMBERS } from './numbers.ts';
import { REFERENCES } from './references.ts';
import { ORDERS, WRITINGS } from './writing.ts';

/** The classes of each field that a case may leave open; a field may depend on earlier ones. */
export const CLASSES: Readonly<Record<string, Classes>> = {
  object_reference_id: REFERENCES,
  email_address: EMAILS,
  first_name: NAMES,
  last_name: LAST_NAMES,
  mobile_country_code: COUNTRY_CODES,
  mobile_number: MOBILE_NUMBERS,
  [TOKEN_OPTION]: { [ABSENT]: [''], true: ['true'], false: ['false'] },
};

/** The class of values with all difficult characters at once. */
export const RICH = 'rich';
export const RICHES: ReadonlySet<string> = new Set(['{any:rich}', '{any:a}']);
export const REFERENCE = 'object_reference_id';

export const WRITING = 'writing';
export const ORDER = 'order';

/** Minimum number of sets without the field. */
const ABSENCES = 8;

/** The choices for each set of data. */
export const FACTORS: readonly Factor[] = [
  ...Object.entries(CLASSES).map(([name, classes]) => ({
    name,
    levels: Object.keys(classes),
    sizes: Object.fromEntries(
      Object.entries(classes).map(([level, values]) => [level, level === ABSENT ? ABSENCES : values.length]),
    ),
  })),
  { name: WRITING, levels: WRITINGS },
  { name: ORDER, levels: ORDERS },
];

/** A value equal to another field's, for classes that overlap. */
interface SameAs {
  readonly field: string;
  readonly classes: Readonly<Record<string, readonly string[]>>;
  /** The part to use; default: all. */
  readonly part?: RegExp;
}

/** The part of an email address that is also a valid name. */
const LOCAL_PART = { field: 'email_address', part: /^(?:[\w.-]|\{\w+(?:@\d+)?\})+(?=@)/ };
const SHORT = ['short', 'plain', 'words'];

/**
 * The reference equals the email address or mobile number, as in the page's sample, the last name equals the first, and either
 * of them the start of the email address.
 */
export const SAME_AS: Readonly<Record<string, readonly SameAs[]>> = {
  email_address: [
    {
      field: REFERENCE,
      classes: { plain: ['email'], domain: ['email'], capitals: ['email'], long: ['email'], rich: ['email'] },
    },
  ],
  mobile_number: [{ field: REFERENCE, classes: { ten: ['mobile'], eight: ['mobile'] } }],
  first_name: [{ ...LOCAL_PART, classes: { ordinary: [...SHORT, 'domain', 'capitals'], one: SHORT } }],
  last_name: [
    { field: 'first_name', classes: { ordinary: ['ordinary'], long: ['long'] } },
    { ...LOCAL_PART, classes: { ordinary: SHORT, one: [...SHORT, 'domain', 'capitals'] } },
  ],
};
