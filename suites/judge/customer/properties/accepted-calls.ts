import fc from 'fast-check';
import type { Call } from '../../../cases/case.ts';
import { TOKEN_OPTION } from '../../../cases/data.ts';
import { WRITINGS } from '../../../cases/values/writing.ts';
import type { Property } from '../../../properties/conversation.ts';
import {
  countryCodes,
  documented,
  emailAddresses,
  type FormSchema,
  fieldOf,
  mobileNumbers,
  names,
  references,
} from './form-values.ts';

/** A form's fields by name, in the order of sending. */
export type Fields = Readonly<Record<string, string>>;

/** All fields of the form with any value that the contract accepts. */
function valuesOf(form: FormSchema): Readonly<Record<string, fc.Arbitrary<string>>> {
  return {
    object_reference_id: references(),
    mobile_number: mobileNumbers(fieldOf(form, 'mobile_number')),
    email_address: emailAddresses(fieldOf(form, 'email_address')),
    first_name: names(fieldOf(form, 'first_name')),
    last_name: names(fieldOf(form, 'last_name')),
    mobile_country_code: countryCodes(fieldOf(form, 'mobile_country_code')),
    [TOKEN_OPTION]: documented(fieldOf(form, TOKEN_OPTION)),
  };
}

/** Every field except the token option, so that no stored value can hide behind an omitted field. */
export function completeCustomers(form: FormSchema): fc.Arbitrary<Fields> {
  const { [TOKEN_OPTION]: _, ...fields } = valuesOf(form);
  return fc.record(fields);
}

/** Requests that the contract accepts: any optional fields, in any order and encoding. */
export function acceptedCalls(form: FormSchema): fc.Arbitrary<Call> {
  const values = valuesOf(form);
  const required = form.required ?? [];
  const optional = Object.keys(values).filter((name) => !required.includes(name));
  return fc
    .record({
      fields: fc.record(values),
      left: fc.subarray(optional),
      order: fc.shuffledSubarray(Object.keys(values), { minLength: Object.keys(values).length }),
      encoding: fc.constantFrom(...WRITINGS),
    })
    .map(({ fields, left, order, encoding }) => ({
      fields: Object.fromEntries(
        order.filter((name) => !left.includes(name)).map((name) => [name, fields[name] ?? '']),
      ),
      encoding,
    }));
}

/**
 * Whether customers have distinct data, ignoring letter case, so that another customer's data in an answer can be recognized.
 * Country codes may be equal.
 */
export function areApart(customers: readonly Fields[]): boolean {
  return ['mobile_number', 'email_address', 'first_name', 'last_name'].every((name) => {
    const values = customers.map((fields) => fields[name]?.toLowerCase());
    return new Set(values).size === values.length;
  });
}

/** Any request that the contract accepts is accepted and comes back unchanged. */
export const accepted: Property = ({ form }, attempt) =>
  fc.asyncProperty(acceptedCalls(form), (call) =>
    attempt(async (conversation) => {
      await conversation.take({
        label: 'a request that the contract accepts',
        calls: [call],
        expect: 'accepted',
        blames: 'RS-1',
        newCustomer: true,
      });
    }),
  );
