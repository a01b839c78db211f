import type { Call, Expectation, Step } from './case.ts';

/**
 * A field that a case is not about. Whoever collects the cases (values/assign.ts) gives it a value: where the call has to
 * be accepted, one that no other call of the suite has beside the same others.
 */
export const ANY = '{any}';

/** A field as the customer of another case has it. */
export const SAME = '{same}';

/** The reference of a customer that belongs to one case, where nothing is said of its form. */
export const REFERENCE = 'conf-{24}';

/** An ordinary customer with every field that the page lists, the token option aside. */
export const CUSTOMER = {
  object_reference_id: REFERENCE,
  mobile_number: '9988776655',
  email_address: 'maria@example.com',
  first_name: 'Maria',
  last_name: 'Tan',
  mobile_country_code: '65',
} as const;

/**
 * What refused calls send in the fields that they are not about. Nobody else does, and nothing that others send becomes it by
 * some mistake: should any of it come back, it was kept.
 */
export const REFUSED = {
  mobile_number: '7766554433',
  email_address: 'eve@example.org',
  first_name: 'Eve',
  last_name: 'Low',
  mobile_country_code: '49',
} as const;

export const TOKEN_OPTION = 'options.get_client_auth_token';

/** What is not undefined of some options. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

type Changes = Readonly<Record<string, string | undefined>>;

/** Fields with some left out: undefined is no value. */
export function defined(fields: Changes): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/**
 * A customer with every field that the page lists: those of `changes` as they are (undefined leaves one out), any value in
 * the others, the token option among them.
 * @param who one of several customers of a case that differ in their data; without it the case has one set of data
 */
export function customer(changes: Changes = {}, who?: string): Record<string, string> {
  const any = who === undefined ? ANY : `{any:${who}}`;
  const fields = Object.fromEntries([...Object.keys(CUSTOMER), TOKEN_OPTION].map((name) => [name, any]));
  return defined({ ...fields, ...changes });
}

/** As `customer`, with a token asked for. */
export function customerWithToken(changes: Changes = {}, who?: string): Record<string, string> {
  return customer({ ...changes, [TOKEN_OPTION]: 'true' }, who);
}

/** As `customer`, without the token option. */
export function customerWithoutToken(changes: Changes = {}, who?: string): Record<string, string> {
  return customer({ ...changes, [TOKEN_OPTION]: undefined }, who);
}

/** The two mandatory fields alone. */
export function smallCustomer(changes: Changes = {}, who?: string): Record<string, string> {
  const { object_reference_id, mobile_number } = customer({}, who);
  return defined({ object_reference_id, mobile_number, ...changes });
}

/**
 * The customer of another case, with the same data.
 * @param changes what the call says otherwise; the token option is not sent unless it is here
 */
export function sameCustomer(changes: Changes = {}): Record<string, string> {
  return defined({ ...Object.fromEntries(Object.keys(CUSTOMER).map((name) => [name, SAME])), ...changes });
}

/** A call for the customer of another case. @param of the id of that case: its first call has the data */
export function again(of: string, option?: 'true' | 'false', options: Partial<Step> = {}): Step {
  const fields = sameCustomer({ [TOKEN_OPTION]: option });
  return { ...prepare(`the customer of ${of}`, fields, { tokenClaim: 'TK-4' }), of, ...options };
}

type StepOptions = Partial<Omit<Step, 'label' | 'calls' | 'expect'>> & Partial<Omit<Call, 'fields'>>;

/** A step of one call. */
export function step(
  label: string,
  expect: Expectation,
  fields: Readonly<Record<string, string>>,
  options: StepOptions = {},
): Step {
  const { encoding, rawBody, mediaType, credentials, merchant, path, ...ofStep } = options;
  const ofCall = given({ encoding, rawBody, mediaType, credentials, merchant, path });
  return { label, calls: [{ fields, ...ofCall }], expect, ...ofStep };
}

/** A first call that only prepares the question: should it fail, that is no fault in what the case asks. */
export function prepare(label: string, fields: Readonly<Record<string, string>>, options: StepOptions = {}): Step {
  return step(label, 'accepted', fields, { blames: 'RS-1', ...options });
}
