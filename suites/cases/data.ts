import type { Call, Expectation, Step } from './case.ts';

/** The reference of a customer that belongs to one case. */
export const REFERENCE = 'conf-{24}';

/**
 * An ordinary customer with every field that the page lists, the token option aside. Cases change one thing of it, so
 * that an answer which differs can be blamed on that one thing.
 */
export const CUSTOMER = {
  object_reference_id: REFERENCE,
  mobile_number: '9988776655',
  email_address: 'maria@example.com',
  first_name: 'Maria',
  last_name: 'Tan',
  mobile_country_code: '65',
} as const;

export const TOKEN_OPTION = 'options.get_client_auth_token';

/** The ordinary customer with some fields changed or added; undefined leaves a field out. */
export function customer(changes: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  const fields: Record<string, string | undefined> = { ...CUSTOMER, ...changes };
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The ordinary customer, with a token asked for. */
export function customerWithToken(changes: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  return customer({ ...changes, [TOKEN_OPTION]: 'true' });
}

type StepOptions = Partial<Omit<Step, 'label' | 'calls' | 'expect'>> & Partial<Omit<Call, 'fields'>>;

/** A step of one call. */
export function step(
  label: string,
  expect: Expectation,
  fields: Readonly<Record<string, string>>,
  options: StepOptions = {},
): Step {
  const { blames, echoClaim, mixUpClaim, tokenClaim, newCustomer, ...call } = options;
  return {
    label,
    calls: [{ fields, ...call }],
    expect,
    ...(blames === undefined ? {} : { blames }),
    ...(echoClaim === undefined ? {} : { echoClaim }),
    ...(mixUpClaim === undefined ? {} : { mixUpClaim }),
    ...(tokenClaim === undefined ? {} : { tokenClaim }),
    ...(newCustomer === undefined ? {} : { newCustomer }),
  };
}

/** A first call that only prepares the question: should it fail, that is no fault in what the case asks. */
export function prepare(label: string, fields: Readonly<Record<string, string>>, options: StepOptions = {}): Step {
  return step(label, 'accepted', fields, { blames: 'RS-1', ...options });
}
