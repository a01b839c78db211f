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

/** An option with a choice of words. @param usual the default: the first word, unless given */
function words<const Words extends readonly [string, ...string[]]>(
  claim: string,
  values: Words,
  help: string,
  usual: Words[number] = values[0],
) {
  return { claim, values, default: usual, help };
}

/** An option to accept what is refused by default, or to refuse what is accepted. */
function accepts(claim: string, help: string, usual: 'refuse' | 'accept' = 'refuse') {
  return words(claim, ['refuse', 'accept'], help, usual);
}

function range(claim: string, from: number, to: number, help: string, usual: number) {
  return { claim, values: { from, to }, default: usual, help };
}

function breach(claim: string, help: string) {
  return { ...accepts(claim, help), breaks: true } as const;
}

/** A maximum length that no value reaches. */
const NO_LIMIT = 1_000_000;

/**
 * The only definition of the mock options: types, help, the README's table and all validation derive from it. No verdict may
 * depend on an option, unless the option breaks a claim. Defaults are the strict reading, except for two that Juspay's own
 * SDK for Node.js needs: the bare key and the path without a version.
 */
export const MOCK_OPTIONS = {
  laterCall: words('GC-5', ['keep', 'update'], 'a later call with other data keeps the first data, or updates it'),
  referenceCase: words(
    'GC-6',
    ['distinct', 'same'],
    'references that differ only in letter case name two customers, or one',
  ),
  tokens: words('TK-7', ['new', 'reuse'], 'every answer has a new token, or the customer’s unexpired one'),
  tokenLifetime: range('TK-7', 1, 1_000_000_000, 'seconds until a token expires', 900),
  unsent: words('RS-8', ['absent', 'empty', 'null'], 'value in the answer of an optional field that was not sent'),
  jsonBody: accepts('EP-3', 'a JSON body'),
  otherMediaType: accepts('EP-5', 'a form with another media type, or without one'),
  unversionedPath: accepts('EP-6', 'calls to /customers', 'accept'),
  keyRefusal: range('AU-5', 400, 499, 'status if the API key is missing or wrong', 401),
  merchantRefusal: range('AU-5', 400, 499, 'status if the merchant id is missing or unknown', 401),
  keyWithoutColon: accepts('AU-5', 'Basic credentials with only the key, without a colon', 'accept'),
  password: accepts('AU-6', 'a non-empty password'),
  otherMerchant: accepts('AU-6', 'a merchant id other than the configured one', 'accept'),
  unknownFields: words('RQ-18', ['ignore', 'refuse'], 'fields that are not documented'),
  customerIdField: words('RS-7', ['absent', 'present'], 'Customer_id in addition to the documented fields'),
  unsentCountryCode: words('RS-8', ['unsent', '91'], 'a country code that was not sent follows `unsent`, or is 91'),
  otherTokenValues: accepts('RQ-17', 'a token option other than true or false; if accepted, it gets no token'),
  emailLetters: accepts('RQ-20', 'non-ASCII letters in an email address', 'accept'),
  repeatedField: words('RQ-18', ['first', 'last'], 'which value of a repeated field counts'),
  longestValue: range('RQ-18', 80, NO_LIMIT, 'maximum length of a field, in characters', NO_LIMIT),
  errorBody: words(
    'ER-3',
    ['page', 'samples'],
    'a 400 has the wording of the page, or of public samples with error_info',
  ),
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
