import {
  answers,
  Counts,
  customers,
  meanwhile,
  type Patch,
  refuses,
  remembering,
  renewed,
  steps,
  withFields,
  without,
} from '../patches.ts';
import { CONFORMING_STEPS, storeKey, TOKEN_OPTION } from '../steps.ts';
import type { Fields } from '../store.ts';
import { type Fault, type FaultRow, fault } from './fault.ts';

const { customerFor, tokenFor, checkKey } = CONFORMING_STEPS;

/** Drops a property from answers to some requests. */
function loses(property: string, when: (sent: Fields) => boolean): Patch {
  return answers((body, sent) => (when(sent) ? without(body, property) : body));
}

/** Faults of combinations of fields, which a table with one changed field does not find. */
const ofFields: readonly FaultRow[] = [
  [
    'last-name-lost-beside-two-long-values',
    'RS-4',
    'the last name is lost if both first name and email address are longer than 20 characters',
    loses(
      'last_name',
      ({ first_name = '', email_address = '' }) => first_name.length > 20 && email_address.length > 20,
    ),
  ],
  [
    'country-code-lost-without-names',
    'RS-4',
    'the country code is lost if an email address is sent without names',
    loses(
      'mobile_country_code',
      (sent) => 'email_address' in sent && !('first_name' in sent) && !('last_name' in sent),
    ),
  ],
  [
    'long-names-refused-together',
    'RQ-9',
    'a first and a last name of more than 40 characters together get 400',
    refuses(
      'first_name',
      ({ first_name, last_name }) =>
        first_name !== undefined && last_name !== undefined && (first_name + last_name).length > 40,
    ),
  ],
];

/** Faults of sequences: each single call, and each pair of a table, is answered correctly. */
const ofSequences: readonly FaultRow[] = [
  [
    'new-customer-after-three-calls',
    'GC-1',
    'after three answers for a customer the next one has another id',
    remembering(() => {
      const answered = new Counts();
      return steps({
        async customerFor(fields, world) {
          const key = storeKey(fields, world);
          const before = answered.get(key);
          const customer = await customerFor(fields, world);
          await meanwhile();
          answered.add(key);
          return before === 3 ? renewed(customer, world) : customer;
        },
      });
    }),
  ],
  [
    'new-id-after-refused-key',
    'GC-1',
    'a customer gets another id after a call refused for its key',
    remembering(() => {
      let wasRefused = false;
      const renewing = customers((customer, { world, known }) => {
        const isRenewed = wasRefused && known !== undefined;
        wasRefused = false;
        return isRenewed ? renewed(customer, world) : customer;
      });
      return steps({
        ...renewing().steps,
        checkKey(authorization, world) {
          const refusal = checkKey(authorization, world);
          wasRefused ||= refusal !== undefined;
          return refusal;
        },
      });
    }),
  ],
  [
    'second-refusal-updates',
    'GC-4',
    'the second of two calls refused with 400 changes the data of an existing customer',
    remembering(() => {
      const refused = new Counts();
      return steps({
        validate(fields, validator, world) {
          const errors = validator(fields);
          const key = storeKey(fields, world);
          if (errors.length === 0) refused.delete(key);
          const isSecond = errors.length > 0 && refused.add(key) === 1;
          const known = world.store.get(key);
          if (isSecond && known !== undefined) world.store.set(key, withFields(known, fields));
          return errors;
        },
      });
    }),
  ],
  [
    'token-kept-after-refused-call',
    'TK-2',
    'after a refused call that asked for a token, the next call gets one without asking',
    remembering(() => {
      const owed = new Set<string>();
      return steps({
        validate(fields, validator, world) {
          const errors = validator(fields);
          if (errors.length > 0 && fields[TOKEN_OPTION] === 'true') owed.add(storeKey(fields, world));
          return errors;
        },
        tokenFor(customer, fields, world) {
          const isOwed = owed.delete(storeKey(customer.fields, world)) && !(TOKEN_OPTION in fields);
          return tokenFor(customer, isOwed ? { ...fields, [TOKEN_OPTION]: 'true' } : fields, world);
        },
      });
    }),
  ],
  [
    'no-token-between-tokens',
    'TK-4',
    'a customer that got a token and then did not ask for one gets no more tokens',
    remembering(() => {
      const history = new Map<string, string>();
      return steps({
        tokenFor(customer, fields, world) {
          const before = history.get(customer.id) ?? '';
          const asks = fields[TOKEN_OPTION] === 'true';
          history.set(customer.id, `${before}${asks ? 'T' : '-'}`);
          return asks && before.includes('T-') ? undefined : tokenFor(customer, fields, world);
        },
      });
    }),
  ],
  [
    'new-id-when-two-ask-for-one-that-exists',
    'GC-1',
    'the second of two concurrent calls for an existing customer gets another id',
    remembering(() => {
      const answered = new Set<string>();
      const underWay = new Counts();
      return steps({
        async customerFor(fields, world) {
          const key = storeKey(fields, world);
          const existed = answered.has(key);
          const isSecond = underWay.add(key) === 1;
          const customer = await customerFor(fields, world);
          await meanwhile();
          underWay.add(key, -1);
          answered.add(key);
          return existed && isSecond ? renewed(customer, world) : customer;
        },
      });
    }),
  ],
];

/** Faults that only combinations or sequences show, for the properties. */
export const combinationFaults: readonly Fault[] = [...ofFields, ...ofSequences].map((row) => ({
  ...fault(row),
  onlyInCombination: true,
}));
