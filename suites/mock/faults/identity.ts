import { CONFORMING_STEPS, type Steps, stored, storeKey, type World } from '../steps.ts';
import type { Customer, Fields } from '../store.ts';
import type { Fault } from './fault.ts';

const { customerFor } = CONFORMING_STEPS;

/** Looks customers up by something else than the whole reference. */
function keyedBy(key: (reference: string) => string): { steps: Partial<Steps> } {
  return {
    steps: {
      customerFor: (fields, world) =>
        customerFor({ ...fields, object_reference_id: key(fields['object_reference_id'] ?? '') }, world),
    },
  };
}

/** Like `keyedBy`, but only the id is shared; the answer has its own call's data. */
function idBy(key: (reference: string) => string): { steps: Partial<Steps> } {
  const ids = new Map<string, string>();
  return {
    steps: {
      async customerFor(fields, world) {
        const customer = await customerFor(fields, world);
        const shared = key(fields['object_reference_id'] ?? '');
        ids.set(shared, ids.get(shared) ?? customer.id);
        return { ...customer, id: ids.get(shared) ?? customer.id };
      },
    },
  };
}

/** Changes the answer to later calls for a customer. */
function later(change: (customer: Customer, fields: Fields, world: World) => Customer): { steps: Partial<Steps> } {
  return {
    steps: {
      async customerFor(fields, world) {
        const known = world.store.get(storeKey(fields, world)) !== undefined;
        const customer = await customerFor(fields, world);
        return known ? change(customer, fields, world) : customer;
      },
    },
  };
}

function refuseLater(status: number): Fault['patch'] {
  return () => {
    const seen = new Set<string>();
    return {
      rewrite(response, request) {
        const reference = new URLSearchParams(request.body).get('object_reference_id') ?? '';
        if (response.status !== 200) return response;
        if (!seen.has(reference)) {
          seen.add(reference);
          return response;
        }
        const body = { status: 'Bad Request', error_code: 'Duplicate', error_message: 'the customer exists already' };
        return { ...response, status, body: JSON.stringify(body) };
      },
    };
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

/** Faults of get-or-create. */
export const identityFaults: readonly Fault[] = [
  {
    name: 'new-id-per-call',
    claim: 'GC-1',
    description: 'every call gives the customer a new id',
    related: {
      'GC-3': 'concurrent calls get several ids too',
      'TK-5': 'the call that asks for a token gets a new id like any other',
    },
    patch: () => later((customer, _, world) => ({ ...customer, id: world.ids.customerId() })),
  },
  {
    name: 'one-id-for-all',
    claim: 'GC-2',
    description: 'all customers have one id',
    patch: () => idBy(() => 'all'),
  },
  {
    name: 'id-of-first-32-characters',
    claim: 'GC-2',
    description: 'references with the same first 32 characters share an id',
    patch: () => idBy((reference) => reference.slice(0, 32)),
  },
  {
    name: 'id-of-first-63-characters',
    claim: 'GC-2',
    description: 'references with the same first 63 characters share an id',
    patch: () => idBy((reference) => reference.slice(0, 63)),
  },
  {
    name: 'id-without-last-character',
    claim: 'GC-2',
    description: 'references that differ only in the last character share an id',
    patch: () => idBy((reference) => reference.slice(0, -1)),
  },
  {
    name: 'id-without-first-character',
    claim: 'GC-2',
    description: 'references that differ only in the first character share an id',
    patch: () => idBy((reference) => reference.slice(1)),
  },
  {
    name: 'id-of-length',
    claim: 'GC-2',
    description: 'references of the same length share an id',
    patch: () => idBy((reference) => String(reference.length)),
  },
  {
    name: 'customer-of-first-32-characters',
    claim: 'GC-2',
    description: 'references with the same first 32 characters are one customer',
    related: { 'RS-4': "the answer to one has the other's reference" },
    patch: () => keyedBy((reference) => reference.slice(0, 32)),
  },
  {
    name: 'create-only-400',
    claim: 'RS-1',
    description: 'a second call for a customer gets 400',
    patch: refuseLater(400),
  },
  {
    name: 'create-only-409',
    claim: 'RS-1',
    description: 'a second call for a customer gets 409',
    patch: refuseLater(409),
  },
  {
    name: 'race-on-creation',
    claim: 'GC-3',
    description: 'concurrent calls for a new customer each create one',
    patch: () => ({
      steps: {
        async customerFor(fields, world) {
          const known = world.store.get(storeKey(fields, world));
          if (known !== undefined) return known;
          const now = world.now();
          await pause();
          const created = { id: world.ids.customerId(), created: now, updated: now, fields: stored(fields) };
          world.store.set(storeKey(fields, world), created);
          return created;
        },
      },
    }),
  },
  {
    name: 'answers-crossed',
    claim: 'GC-3',
    description: "two concurrent calls get each other's data",
    patch: () => {
      let waiting: { answer(customer: Customer): void; customer: Customer } | undefined;
      return {
        steps: {
          async customerFor(fields, world) {
            const customer = await customerFor(fields, world);
            if (waiting !== undefined) {
              const other = waiting;
              waiting = undefined;
              other.answer(customer);
              return other.customer;
            }
            return new Promise<Customer>((resolve) => {
              const mine = { answer: resolve, customer };
              waiting = mine;
              setTimeout(() => {
                if (waiting === mine) waiting = undefined;
                resolve(customer);
              }, 1);
            });
          },
        },
      };
    },
  },
  {
    name: 'data-lost-on-second-call',
    claim: 'GC-1',
    description: 'a later answer lacks the first name',
    related: {
      'RS-4': 'what the later call sent does not come back',
    },
    patch: () => later((customer) => ({ ...customer, fields: { ...customer.fields, first_name: '' } })),
  },
  {
    name: 'data-changed-on-second-call',
    claim: 'GC-1',
    description: 'a later answer has the last name in capitals',
    related: { 'RS-4': 'what the later call sent does not come back' },
    patch: () =>
      later((customer) => ({
        ...customer,
        fields: { ...customer.fields, last_name: (customer.fields['last_name'] ?? '').toUpperCase() },
      })),
  },
  {
    name: 'new-id-after-update',
    claim: 'GC-1',
    description: 'a later call with other data makes a new customer',
    related: { 'GC-3': 'one of several concurrent calls with other data is the later one' },
    patch: () =>
      later((customer, fields, world) =>
        customer.fields['first_name'] === fields['first_name'] ? customer : { ...customer, id: world.ids.customerId() },
      ),
  },
  {
    name: 'refused-request-stored',
    claim: 'GC-4',
    description: 'the first data for a reference is stored even if the call is refused with 400',
    patch: () => ({
      steps: {
        validate(fields, validator, world) {
          const errors = validator(fields);
          const reference = fields['object_reference_id'] ?? '';
          if (errors.length > 0 && reference.length >= 8) void customerFor(fields, world);
          return errors;
        },
      },
    }),
  },
  {
    name: 'refused-request-updates',
    claim: 'GC-4',
    description: 'a call refused with 400 changes the data of an existing customer',
    patch: () => ({
      steps: {
        validate(fields, validator, world) {
          const errors = validator(fields);
          const known = world.store.get(storeKey(fields, world));
          if (errors.length > 0 && known !== undefined) {
            world.store.set(storeKey(fields, world), { ...known, fields: { ...known.fields, ...stored(fields) } });
          }
          return errors;
        },
      },
    }),
  },
  {
    name: 'unauthorised-request-stored',
    claim: 'GC-4',
    description: 'a call refused for its key is stored anyway',
    patch: () => storeBeforeRefusal('key'),
  },
  {
    name: 'request-without-merchant-stored',
    claim: 'GC-4',
    description: 'a call refused for its merchant id is stored anyway',
    patch: () => storeBeforeRefusal('merchant'),
  },
  {
    name: 'no-checks-for-existing-customer',
    claim: 'RQ-7',
    description: 'a call for an existing customer is not validated',
    related: {
      'ER-1': 'two mistakes at once are not checked either',
      'RQ-3': 'no field is checked there',
      'RQ-8': 'no field is checked there',
      'RQ-10': 'no field is checked there',
      'RQ-12': 'no field is checked there',
    },
    patch: () => ({
      steps: {
        validate: (fields, validator, world) =>
          world.store.get(storeKey(fields, world)) === undefined ? validator(fields) : [],
      },
    }),
  },
];

/** Stores the customer of refused calls, as if the body were processed before the access check. */
function storeBeforeRefusal(what: 'key' | 'merchant'): ReturnType<Fault['patch']> {
  let world: World | undefined;
  const remember = <T>(step: (text: string | undefined, given: World) => T) => {
    return (text: string | undefined, given: World): T => {
      world = given;
      return step(text, given);
    };
  };
  return {
    steps: {
      checkKey: remember(CONFORMING_STEPS.checkKey),
      checkMerchant: remember(CONFORMING_STEPS.checkMerchant),
    },
    rewrite(response, request) {
      const withoutMerchant = (request.headers['x-merchantid'] ?? '') === '';
      if (response.status === 401 && world !== undefined && withoutMerchant === (what === 'merchant')) {
        void customerFor(Object.fromEntries(new URLSearchParams(request.body)), world);
      }
      return response;
    },
  };
}
