import type { Call, Expectation, Step } from './case.ts';

/**
 * A field that the case is not about. It gets a value when cases are collected (values/assign.ts): in accepted calls, one that
 * no other call combines with the same other values.
 */
export const ANY = '{any}';

/** A field with the same value as in the other case's customer. */
export const SAME = '{same}';

/** The reference of a case's customer, if its form does not matter. */
export const REFERENCE = 'conf-{24}';

/** An ordinary customer with every documented field except the token option. */
export const CUSTOMER = {
  object_reference_id: REFERENCE,
  mobile_number: '9988776655',
  email_address: 'maria@example.com',
  first_name: 'Maria',
  last_name: 'Tan',
  mobile_country_code: '65',
} as const;

/**
 * Values for the other fields of refused calls. No other call sends them, or anything easily confused with them: if one comes
 * back, a refused call was stored.
 */
export const REFUSED = {
  mobile_number: '7766554433',
  email_address: 'eve@example.org',
  first_name: 'Eve',
  last_name: 'Low',
  mobile_country_code: '49',
} as const;

export const TOKEN_OPTION = 'options.get_client_auth_token';

/** Changes to a customer's fields; undefined omits a field. */
export type Changes = Readonly<Record<string, string | undefined>>;

/** The fields, or the options, without undefined ones. */
export function defined<T extends object>(fields: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/**
 * A customer with every documented field: `changes` as given (undefined omits a field), any value for the others, including
 * the token option.
 * @param who one of several customers of a case with different data; by default all have the same data
 */
export function customer(changes: Changes = {}, who?: string): Record<string, string> {
  const any = who === undefined ? ANY : `{any:${who}}`;
  const fields = Object.fromEntries([...Object.keys(CUSTOMER), TOKEN_OPTION].map((name) => [name, any]));
  return defined({ ...fields, ...changes });
}

/** Like `customer`, and asks for a token. */
export function customerWithToken(changes: Changes = {}, who?: string): Record<string, string> {
  return customer({ ...changes, [TOKEN_OPTION]: 'true' }, who);
}

/** Like `customer`, without the token option. */
export function customerWithoutToken(changes: Changes = {}, who?: string): Record<string, string> {
  return customer({ ...changes, [TOKEN_OPTION]: undefined }, who);
}

/** Only the two mandatory fields. */
export function smallCustomer(changes: Changes = {}, who?: string): Record<string, string> {
  const { object_reference_id, mobile_number } = customer({}, who);
  return defined({ object_reference_id, mobile_number, ...changes });
}

/**
 * The customer of another case, with the same data.
 * @param changes to that data; the token option is only sent if given here
 */
export function sameCustomer(changes: Changes = {}): Record<string, string> {
  return defined({ ...Object.fromEntries(Object.keys(CUSTOMER).map((name) => [name, SAME])), ...changes });
}

/** A call for the customer of another case. @param of the id of that case, whose first call has the data */
export function again(of: string, option?: 'true' | 'false', options: Partial<Step> = {}): Step {
  const fields = sameCustomer({ [TOKEN_OPTION]: option });
  return { ...prepare(`the customer of ${of}`, fields, { tokenClaim: 'TK-4' }), of, ...options };
}

type StepOptions = Partial<Omit<Step, 'label' | 'calls' | 'expect'>> & Partial<Omit<Call, 'fields'>>;

/** A step with one call. */
export function step(
  label: string,
  expect: Expectation,
  fields: Readonly<Record<string, string>>,
  options: StepOptions = {},
): Step {
  const { encoding, rawBody, mediaType, credentials, merchant, path, ...ofStep } = options;
  const ofCall: Omit<Call, 'fields'> = defined({ encoding, rawBody, mediaType, credentials, merchant, path });
  return { label, calls: [{ fields, ...ofCall }], expect, ...ofStep };
}

/** A call that only prepares the test: its failure does not break the case's claim. */
export function prepare(label: string, fields: Readonly<Record<string, string>>, options: StepOptions = {}): Step {
  return step(label, 'accepted', fields, { blames: 'RS-1', ...options });
}

/** One call that must be accepted. */
export function accepted(fields: Readonly<Record<string, string>>, options?: StepOptions): [Step] {
  return [step('the call', 'accepted', fields, options)];
}
