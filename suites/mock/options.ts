/** One thing that the mock can be told to do one way or the other. */
interface MockOption {
  /** The open claim that it stands for; the claim that it breaks, where it does. */
  readonly claim: string;
  /** Any value but the default breaks the claim: for a mock that stands in for a service which does. */
  readonly breaks?: true;
  /** Words, or a range of whole numbers. */
  readonly values: readonly string[] | { readonly from: number; readonly to: number };
  readonly default: string | number;
  /** What it decides, in a phrase: for the help and the README. */
  readonly help: string;
}

const REFUSED_OR_ACCEPTED = ['refuse', 'accept'] as const;
const CLIENT_ERRORS = { from: 400, to: 499 } as const;
/** Characters that any value may have: what no field comes near. */
const NO_LIMIT = 1_000_000;

function breach<Claim extends string>(claim: Claim, help: string) {
  return { claim, breaks: true, values: REFUSED_OR_ACCEPTED, default: 'refuse', help } as const;
}

/**
 * Every mock option, defined here alone: the types, the help, the README's table and the checks of command line, file and
 * handlers are read from this table. No verdict may depend on any of them but those that break a claim. The defaults are the strict reading, but for the
 * two that Juspay's own SDK for Node.js needs: the bare key and the path without a version.
 */
export const MOCK_OPTIONS = {
  laterCall: {
    claim: 'GC-5',
    values: ['keep', 'update'],
    default: 'keep',
    help: 'a later call with other data keeps the first data, or takes over the new',
  },
  referenceCase: {
    claim: 'GC-6',
    values: ['distinct', 'same'],
    default: 'distinct',
    help: 'references that differ in letter case alone name two customers, or one',
  },
  tokens: {
    claim: 'TK-7',
    values: ['new', 'reuse'],
    default: 'new',
    help: 'every answer gets a new token, or a customer’s unexpired one is given again',
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
    help: 'what an answer has for an optional field that was not sent',
  },
  jsonBody: { claim: 'EP-3', values: REFUSED_OR_ACCEPTED, default: 'refuse', help: 'a JSON body' },
  otherMediaType: {
    claim: 'EP-5',
    values: REFUSED_OR_ACCEPTED,
    default: 'refuse',
    help: 'a form under another media type, or under none',
  },
  unversionedPath: {
    claim: 'EP-6',
    values: REFUSED_OR_ACCEPTED,
    default: 'accept',
    help: 'the operation under /customers too',
  },
  keyRefusal: {
    claim: 'AU-5',
    values: CLIENT_ERRORS,
    default: 401,
    help: 'status where the API key is missing or wrong',
  },
  merchantRefusal: {
    claim: 'AU-5',
    values: CLIENT_ERRORS,
    default: 401,
    help: 'status where the merchant id is missing or unknown',
  },
  keyWithoutColon: {
    claim: 'AU-5',
    values: REFUSED_OR_ACCEPTED,
    default: 'accept',
    help: 'Basic credentials that are the bare key',
  },
  password: { claim: 'AU-6', values: REFUSED_OR_ACCEPTED, default: 'refuse', help: 'a password that is not empty' },
  otherMerchant: {
    claim: 'AU-6',
    values: REFUSED_OR_ACCEPTED,
    default: 'accept',
    help: 'a merchant id other than the mock’s own',
  },
  unknownFields: {
    claim: 'RQ-18',
    values: ['ignore', 'refuse'],
    default: 'ignore',
    help: 'fields that the documentation does not list',
  },
  customerIdField: {
    claim: 'RS-7',
    values: ['absent', 'present'],
    default: 'absent',
    help: 'Customer_id beside the documented fields',
  },
  unsentCountryCode: {
    claim: 'RS-8',
    values: ['unsent', '91'],
    default: 'unsent',
    help: 'a country code that was not sent is as other fields, or 91',
  },
  otherTokenValues: {
    claim: 'RQ-17',
    values: REFUSED_OR_ACCEPTED,
    default: 'refuse',
    help: 'a token option that is neither true nor false; accepted, it gets no token',
  },
  emailLetters: {
    claim: 'RQ-20',
    values: REFUSED_OR_ACCEPTED,
    default: 'accept',
    help: 'letters beyond ASCII in an email address',
  },
  repeatedField: {
    claim: 'RQ-18',
    values: ['first', 'last'],
    default: 'first',
    help: 'which value of a field counts that is there twice',
  },
  longestValue: {
    claim: 'RQ-18',
    values: { from: 80, to: NO_LIMIT },
    default: NO_LIMIT,
    help: 'characters that a field may have',
  },
  errorBody: {
    claim: 'ER-3',
    values: ['page', 'samples'],
    default: 'page',
    help: 'the words of a 400 are the page’s, or those of public samples, with error_info',
  },
  missingMerchant: breach('AU-4', 'a call without x-merchantid'),
  shortReference: breach('RQ-2', 'a reference of fewer than 8 characters'),
  emailCharacters: breach('RQ-7', 'any character in an email address'),
  emailEnds: breach('RQ-8', 'an underscore or a full stop at the ends of the local part'),
  firstNameCharacters: breach('RQ-10', 'any character in a first name'),
  lastNameCharacters: breach('RQ-12', 'any character in a last name'),
} as const satisfies Readonly<Record<string, MockOption>>;

type Table = typeof MOCK_OPTIONS;

/** A value for each mock option; MOCK_OPTIONS says what each decides. */
export type MockOptions = {
  readonly [Name in keyof Table]: Table[Name]['values'] extends readonly (infer Word)[] ? Word : number;
};

/** The value of each mock option that nobody set. */
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

/** What mock options may be, as JSON Schema. */
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

/** The claims whose breach is accepted. */
export function unchecked(options: MockOptions): ReadonlySet<string> {
  const accepted = Object.entries(MOCK_OPTIONS).flatMap(([name, option]) =>
    'breaks' in option && options[name as keyof MockOptions] === 'accept' ? [option.claim] : [],
  );
  return new Set<string>(accepted);
}
