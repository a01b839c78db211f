/** One configurable behaviour of the mock. */
interface MockOption {
  /** The open claim that it decides; with `breaks`, the claim that it breaks. */
  readonly claim: string;
  /** Values other than the default break the claim, to mimic a service that does. */
  readonly breaks?: true;
  /** Words, or a range of whole numbers. */
  readonly values: readonly string[] | { readonly from: number; readonly to: number };
  readonly default: string | number;
  /** Short description for the help and the README. */
  readonly help: string;
}

const REFUSED_OR_ACCEPTED = ['refuse', 'accept'] as const;
const CLIENT_ERRORS = { from: 400, to: 499 } as const;
/** A maximum length that no value reaches. */
const NO_LIMIT = 1_000_000;

function breach<Claim extends string>(claim: Claim, help: string) {
  return { claim, breaks: true, values: REFUSED_OR_ACCEPTED, default: 'refuse', help } as const;
}

/**
 * The only definition of the mock options: types, help, the README's table and all validation derive from it. No verdict may
 * depend on an option, unless the option breaks a claim. Defaults are the strict reading, except for two that Juspay's own
 * SDK for Node.js needs: the bare key and the path without a version.
 */
export const MOCK_OPTIONS = {
  laterCall: {
    claim: 'GC-5',
    values: ['keep', 'update'],
    default: 'keep',
    help: 'a later call with other data keeps the first data, or updates it',
  },
  referenceCase: {
    claim: 'GC-6',
    values: ['distinct', 'same'],
    default: 'distinct',
    help: 'references that differ only in letter case name two customers, or one',
  },
  tokens: {
    claim: 'TK-7',
    values: ['new', 'reuse'],
    default: 'new',
    help: 'every answer has a new token, or the customer’s unexpired one',
  },
  tokenLifetime: {
    claim: 'TK-7',
    values: { from: 1, to: 1_000_000_000 },
    default: 900,
    help: 'seconds until a token expires',
  },
  unsent: {
    claim: 'RS-8',
    values: ['absent', 'empty', 'null'],
    default: 'absent',
    help: 'value in the answer of an optional field that was not sent',
  },
  jsonBody: { claim: 'EP-3', values: REFUSED_OR_ACCEPTED, default: 'refuse', help: 'a JSON body' },
  otherMediaType: {
    claim: 'EP-5',
    values: REFUSED_OR_ACCEPTED,
    default: 'refuse',
    help: 'a form with another media type, or without one',
  },
  unversionedPath: {
    claim: 'EP-6',
    values: REFUSED_OR_ACCEPTED,
    default: 'accept',
    help: 'calls to /customers',
  },
  keyRefusal: {
    claim: 'AU-5',
    values: CLIENT_ERRORS,
    default: 401,
    help: 'status if the API key is missing or wrong',
  },
  merchantRefusal: {
    claim: 'AU-5',
    values: CLIENT_ERRORS,
    default: 401,
    help: 'status if the merchant id is missing or unknown',
  },
  keyWithoutColon: {
    claim: 'AU-5',
    values: REFUSED_OR_ACCEPTED,
    default: 'accept',
    help: 'Basic credentials with only the key, without a colon',
  },
  password: { claim: 'AU-6', values: REFUSED_OR_ACCEPTED, default: 'refuse', help: 'a non-empty password' },
  otherMerchant: {
    claim: 'AU-6',
    values: REFUSED_OR_ACCEPTED,
    default: 'accept',
    help: 'a merchant id other than the configured one',
  },
  unknownFields: {
    claim: 'RQ-18',
    values: ['ignore', 'refuse'],
    default: 'ignore',
    help: 'fields that are not documented',
  },
  customerIdField: {
    claim: 'RS-7',
    values: ['absent', 'present'],
    default: 'absent',
    help: 'Customer_id in addition to the documented fields',
  },
  unsentCountryCode: {
    claim: 'RS-8',
    values: ['unsent', '91'],
    default: 'unsent',
    help: 'a country code that was not sent follows `unsent`, or is 91',
  },
  otherTokenValues: {
    claim: 'RQ-17',
    values: REFUSED_OR_ACCEPTED,
    default: 'refuse',
    help: 'a token option other than true or false; if accepted, it gets no token',
  },
  emailLetters: {
    claim: 'RQ-20',
    values: REFUSED_OR_ACCEPTED,
    default: 'accept',
    help: 'non-ASCII letters in an email address',
  },
  repeatedField: {
    claim: 'RQ-18',
    values: ['first', 'last'],
    default: 'first',
    help: 'which value of a repeated field counts',
  },
  longestValue: {
    claim: 'RQ-18',
    values: { from: 80, to: NO_LIMIT },
    default: NO_LIMIT,
    help: 'maximum length of a field, in characters',
  },
  errorBody: {
    claim: 'ER-3',
    values: ['page', 'samples'],
    default: 'page',
    help: 'a 400 has the wording of the page, or of public samples with error_info',
  },
  missingMerchant: breach('AU-4', 'a call without x-merchantid'),
  shortReference: breach('RQ-2', 'a reference of fewer than 8 characters'),
  emailCharacters: breach('RQ-7', 'any character in an email address'),
  emailEnds: breach('RQ-8', 'an underscore or a full stop at the ends of the local part'),
  firstNameCharacters: breach('RQ-10', 'any character in a first name'),
  lastNameCharacters: breach('RQ-12', 'any character in a last name'),
} as const satisfies Readonly<Record<string, MockOption>>;

type Table = typeof MOCK_OPTIONS;

/** A value for each mock option. */
export type MockOptions = {
  readonly [Name in keyof Table]: Table[Name]['values'] extends readonly (infer Word)[] ? Word : number;
};

/** The default of each mock option. */
export const DEFAULT_MOCK_OPTIONS = Object.fromEntries(
  Object.entries(MOCK_OPTIONS).map(([name, option]) => [name, option.default]),
) as MockOptions;

/** Rows of name, values, default, claim and help: for the command's help and the README. */
export function mockOptionRows(): { name: string; values: string; usual: string; claim: string; help: string }[] {
  return Object.entries(MOCK_OPTIONS).map(([name, { values, claim, help, default: usual }]: [string, MockOption]) => ({
    name,
    values: 'from' in values ? `${values.from}..${values.to}` : values.join('|'),
    usual: String(usual),
    claim,
    help,
  }));
}

/** JSON Schema of mock options. */
export function mockOptionsSchema(): object {
  const properties = Object.entries(MOCK_OPTIONS).map(([name, { values }]: [string, MockOption]) => [
    name,
    'from' in values
      ? {
          ...{ type: 'integer', minimum: values.from, maximum: values.to },
          description: `a whole number from ${values.from} to ${values.to}`,
        }
      : { enum: values, description: values.join(' or ') },
  ]);
  return {
    type: 'object',
    description: 'an object of mock options',
    additionalProperties: false,
    properties: Object.fromEntries(properties) as object,
  };
}

/** Claims that the options say to break. */
export function unchecked(options: MockOptions): ReadonlySet<string> {
  const accepted = Object.entries(MOCK_OPTIONS).flatMap(([name, option]) =>
    'breaks' in option && options[name as keyof MockOptions] === 'accept' ? [option.claim] : [],
  );
  return new Set<string>(accepted);
}
