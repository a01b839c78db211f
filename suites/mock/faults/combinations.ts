import { CONFORMING_STEPS, type Steps, stored, storeKey } from '../steps.ts';
import type { Customer, Fields } from '../store.ts';
import type { Fault } from './fault.ts';
import { changeBody } from './rewriting.ts';

const { customerFor, tokenFor, checkKey } = CONFORMING_STEPS;
const OPTION = 'options.get_client_auth_token';

/** Drops a property from answers to some requests. */
function loses(property: string, when: (fields: Fields) => boolean): Fault['patch'] {
  return () =>
    changeBody(200, (body, request) => {
      if (!when(Object.fromEntries(new URLSearchParams(request.body)))) return body;
      const { [property]: _, ...rest } = body;
      return rest;
    });
}

/** Changes the customer of some calls. @param change gets the number of earlier answers for this customer */
function afterAnswers(change: (customer: Customer, answered: number, newId: () => string) => Customer): Partial<Steps> {
  const answered = new Map<string, number>();
  return {
    async customerFor(fields, world) {
      const key = storeKey(fields, world);
      const before = answered.get(key) ?? 0;
      const customer = await customerFor(fields, world);
      await meanwhile();
      answered.set(key, (answered.get(key) ?? 0) + 1);
      return change(customer, before, world.ids.customerId);
    },
  };
}

/** Lets all concurrent calls reach this point. */
function meanwhile(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Faults of combinations of fields, which a table with one changed field does not find. */
const ofFields: readonly Fault[] = [
  {
    name: 'last-name-lost-beside-two-long-values',
    claim: 'RS-4',
    description: 'the last name is lost if both first name and email address are longer than 20 characters',
    patch: loses('last_name', ({ first_name = '', email_address = '' }) =>
      [first_name, email_address].every((value) => value.length > 20),
    ),
  },
  {
    name: 'country-code-lost-without-names',
    claim: 'RS-4',
    description: 'the country code is lost if an email address is sent without names',
    patch: loses(
      'mobile_country_code',
      (fields) => 'email_address' in fields && !('first_name' in fields) && !('last_name' in fields),
    ),
  },
  {
    name: 'long-names-refused-together',
    claim: 'RQ-9',
    description: 'a first and a last name of more than 40 characters together get 400',
    patch: () => ({
      steps: {
        validate: (fields, validator) => [
          ...validator(fields),
          ...(`${fields['first_name'] ?? ''}${fields['last_name'] ?? ''}`.length > 40 &&
          'last_name' in fields &&
          'first_name' in fields
            ? [{ field: 'first_name', problem: 'invalid' as const, detail: 'is too long with the last name' }]
            : []),
        ],
      },
    }),
  },
];

/** Faults of sequences: each single call, and each pair of a table, is answered correctly. */
const ofSequences: readonly Fault[] = [
  {
    name: 'new-customer-after-three-calls',
    claim: 'GC-1',
    description: 'after three answers for a customer the next one has another id',
    patch: () => ({
      steps: afterAnswers((customer, before, newId) => (before === 3 ? { ...customer, id: newId() } : customer)),
    }),
  },
  {
    name: 'new-id-after-refused-key',
    claim: 'GC-1',
    description: 'a customer gets another id after a call refused for its key',
    patch: () => {
      let wasRefused = false;
      return {
        steps: {
          checkKey(authorization, world) {
            const refusal = checkKey(authorization, world);
            wasRefused ||= refusal !== undefined;
            return refusal;
          },
          customerFor(fields, world) {
            const known = world.store.get(storeKey(fields, world));
            const customer = customerFor(fields, world) as Customer;
            const isChanged = wasRefused && known !== undefined;
            wasRefused = false;
            return isChanged ? { ...customer, id: world.ids.customerId() } : customer;
          },
        },
      };
    },
  },
  {
    name: 'second-refusal-updates',
    claim: 'GC-4',
    description: 'the second of two calls refused with 400 changes the data of an existing customer',
    patch: () => {
      const refused = new Map<string, number>();
      return {
        steps: {
          validate(fields, validator, world) {
            const errors = validator(fields);
            const key = storeKey(fields, world);
            const count = errors.length === 0 ? 0 : (refused.get(key) ?? 0) + 1;
            refused.set(key, count);
            const known = world.store.get(key);
            if (count === 2 && known !== undefined) {
              world.store.set(key, { ...known, fields: { ...known.fields, ...stored(fields) } });
            }
            return errors;
          },
        },
      };
    },
  },
  {
    name: 'token-kept-after-refused-call',
    claim: 'TK-2',
    description: 'after a refused call that asked for a token, the next call gets one without asking',
    patch: () => {
      const owed = new Set<string>();
      return {
        steps: {
          validate(fields, validator, world) {
            const errors = validator(fields);
            if (errors.length > 0 && fields[OPTION] === 'true') owed.add(storeKey(fields, world));
            return errors;
          },
          tokenFor(customer, fields, world) {
            const isOwed = owed.delete(storeKey(customer.fields, world)) && !(OPTION in fields);
            return tokenFor(customer, isOwed ? { ...fields, [OPTION]: 'true' } : fields, world);
          },
        },
      };
    },
  },
  {
    name: 'no-token-between-tokens',
    claim: 'TK-4',
    description: 'a customer that got a token and then did not ask for one gets no more tokens',
    patch: () => {
      const history = new Map<string, string>();
      return {
        steps: {
          tokenFor(customer, fields, world) {
            const before = history.get(customer.id) ?? '';
            const asks = fields[OPTION] === 'true';
            history.set(customer.id, `${before}${asks ? 'T' : '-'}`);
            return asks && before.includes('T-') ? undefined : tokenFor(customer, fields, world);
          },
        },
      };
    },
  },
  {
    name: 'new-id-when-two-ask-for-one-that-exists',
    claim: 'GC-1',
    description: 'the second of two concurrent calls for an existing customer gets another id',
    patch: () => {
      const answered = new Set<string>();
      const underWay = new Map<string, number>();
      return {
        steps: {
          async customerFor(fields, world) {
            const key = storeKey(fields, world);
            const existed = answered.has(key);
            underWay.set(key, (underWay.get(key) ?? 0) + 1);
            const isSecond = underWay.get(key) === 2;
            const customer = await customerFor(fields, world);
            await meanwhile();
            underWay.set(key, (underWay.get(key) ?? 1) - 1);
            answered.add(key);
            return existed && isSecond ? { ...customer, id: world.ids.customerId() } : customer;
          },
        },
      };
    },
  },
];

/** Faults that only combinations or sequences show, for the properties. */
export const combinationFaults: readonly Fault[] = [...ofFields, ...ofSequences].map((fault) => ({
  ...fault,
  onlyInCombination: true,
}));
