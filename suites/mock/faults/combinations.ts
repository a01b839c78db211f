import { CONFORMING_STEPS, storeKey, TOKEN_OPTION } from '../steps.ts';
import type { Fields } from '../store.ts';
import { customers, meanwhile, refuses, withFields } from './behaviour.ts';
import { type Fault, fault } from './fault.ts';
import { answers, without } from './rewriting.ts';

const { customerFor, tokenFor, checkKey } = CONFORMING_STEPS;

/** Drops a property from answers to some requests. */
function loses(property: string, when: (sent: Fields) => boolean): Fault['patch'] {
  return answers((body, sent) => (when(sent) ? without(body, property) : body));
}

/** Faults of combinations of fields, which a table with one changed field does not find. */
const ofFields: readonly Fault[] = [
  fault(
    'last-name-lost-beside-two-long-values',
    ['RS-4'],
    'the last name is lost if both first name and email address are longer than 20 characters',
    loses('last_name', ({ first_name = '', email_address = '' }) =>
      [first_name, email_address].every((value) => value.length > 20),
    ),
  ),
  fault(
    'country-code-lost-without-names',
    ['RS-4'],
    'the country code is lost if an email address is sent without names',
    loses(
      'mobile_country_code',
      (sent) => 'email_address' in sent && !('first_name' in sent) && !('last_name' in sent),
    ),
  ),
  fault(
    'long-names-refused-together',
    ['RQ-9'],
    'a first and a last name of more than 40 characters together get 400',
    refuses(
      'first_name',
      ({ first_name, last_name }) =>
        first_name !== undefined && last_name !== undefined && (first_name + last_name).length > 40,
    ),
  ),
];

/** Faults of sequences: each single call, and each pair of a table, is answered correctly. */
const ofSequences: readonly Fault[] = [
  fault(
    'new-customer-after-three-calls',
    ['GC-1'],
    'after three answers for a customer the next one has another id',
    () => {
      const answered = new Map<string, number>();
      return {
        steps: {
          async customerFor(fields, world) {
            const key = storeKey(fields, world);
            const before = answered.get(key) ?? 0;
            const customer = await customerFor(fields, world);
            await meanwhile();
            answered.set(key, (answered.get(key) ?? 0) + 1);
            return before === 3 ? { ...customer, id: world.ids.customerId() } : customer;
          },
        },
      };
    },
  ),
  fault('new-id-after-refused-key', ['GC-1'], 'a customer gets another id after a call refused for its key', () => {
    let wasRefused = false;
    const changing = customers(() => (customer, { world, known }) => {
      const isChanged = wasRefused && known !== undefined;
      wasRefused = false;
      return isChanged ? { ...customer, id: world.ids.customerId() } : customer;
    })();
    return {
      steps: {
        ...changing.steps,
        checkKey(authorization, world) {
          const refusal = checkKey(authorization, world);
          wasRefused ||= refusal !== undefined;
          return refusal;
        },
      },
    };
  }),
  fault(
    'second-refusal-updates',
    ['GC-4'],
    'the second of two calls refused with 400 changes the data of an existing customer',
    () => {
      const refused = new Map<string, number>();
      return {
        steps: {
          validate(fields, validator, world) {
            const errors = validator(fields);
            const key = storeKey(fields, world);
            const count = errors.length === 0 ? 0 : (refused.get(key) ?? 0) + 1;
            refused.set(key, count);
            const known = world.store.get(key);
            if (count === 2 && known !== undefined) world.store.set(key, withFields(known, fields));
            return errors;
          },
        },
      };
    },
  ),
  fault(
    'token-kept-after-refused-call',
    ['TK-2'],
    'after a refused call that asked for a token, the next call gets one without asking',
    () => {
      const owed = new Set<string>();
      return {
        steps: {
          validate(fields, validator, world) {
            const errors = validator(fields);
            if (errors.length > 0 && fields[TOKEN_OPTION] === 'true') owed.add(storeKey(fields, world));
            return errors;
          },
          tokenFor(customer, fields, world) {
            const isOwed = owed.delete(storeKey(customer.fields, world)) && !(TOKEN_OPTION in fields);
            return tokenFor(customer, isOwed ? { ...fields, [TOKEN_OPTION]: 'true' } : fields, world);
          },
        },
      };
    },
  ),
  fault(
    'no-token-between-tokens',
    ['TK-4'],
    'a customer that got a token and then did not ask for one gets no more tokens',
    () => {
      const history = new Map<string, string>();
      return {
        steps: {
          tokenFor(customer, fields, world) {
            const before = history.get(customer.id) ?? '';
            const asks = fields[TOKEN_OPTION] === 'true';
            history.set(customer.id, `${before}${asks ? 'T' : '-'}`);
            return asks && before.includes('T-') ? undefined : tokenFor(customer, fields, world);
          },
        },
      };
    },
  ),
  fault(
    'new-id-when-two-ask-for-one-that-exists',
    ['GC-1'],
    'the second of two concurrent calls for an existing customer gets another id',
    () => {
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
  ),
];

/** Faults that only combinations or sequences show, for the properties. */
export const combinationFaults: readonly Fault[] = [...ofFields, ...ofSequences].map((one) => ({
  ...one,
  onlyInCombination: true,
}));
