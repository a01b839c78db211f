import {
  Counts,
  checks,
  customers,
  meanwhile,
  type Patch,
  refusedCalls,
  remembering,
  renewed,
  rewrites,
  steps,
  stores,
  withFields,
} from '../patches.ts';
import { CONFORMING_STEPS, stored, storeKey, type World } from '../steps.ts';
import type { Customer, Fields } from '../store.ts';
import type { FaultRow } from './fault.ts';

const { customerFor, decode } = CONFORMING_STEPS;

/** Changes the customer in answers to later calls. */
function later(change: (customer: Customer, fields: Fields, world: World) => Customer): Patch {
  return customers((customer, { fields, world, known }) =>
    known === undefined ? customer : change(customer, fields, world),
  );
}

/** Gives customers the same id whose references have the same key; each answer has its own call's data. */
function idBy(key: (reference: string) => string): Patch {
  return remembering(() => {
    const ids = new Map<string, string>();
    return customers((customer, { fields }) => {
      const shared = key(fields['object_reference_id'] ?? '');
      const id = ids.get(shared) ?? customer.id;
      ids.set(shared, id);
      return { ...customer, id };
    });
  });
}

/** Refuses later calls for a customer. */
function refuseLater(status: number): Patch {
  return remembering(() => {
    const seen = new Counts();
    const body = { status: 'Bad Request', error_code: 'Duplicate', error_message: 'the customer exists already' };
    return rewrites((response, request) => {
      const isFirst = seen.add(decode(request.body)['object_reference_id'] ?? '') === 0;
      return isFirst ? response : { ...response, status, body: JSON.stringify(body) };
    }, 200);
  });
}

/** Swaps the answers of two concurrent calls. */
const crossed: Patch = remembering(() => {
  let waiting: { answer(customer: Customer): void; customer: Customer } | undefined;
  return steps({
    async customerFor(fields, world) {
      const customer = await customerFor(fields, world);
      const other = waiting;
      if (other !== undefined) {
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
  });
});

/** Stores the customer of unauthorized calls, as if the body were processed before the access check. */
function storedBeforeRefusal(withoutMerchant: boolean): Patch {
  return refusedCalls(({ fields, world, status, isWithoutMerchant }) => {
    if (status === 401 && isWithoutMerchant === withoutMerchant) void customerFor(fields, world);
  });
}

/** References that share an id. */
const SHARED_IDS: readonly (readonly [name: string, which: string, key: (reference: string) => string])[] = [
  ['one-id-for-all', 'all customers have one id', () => 'all'],
  ['id-of-first-32-characters', 'references with the same first 32 characters share an id', (one) => one.slice(0, 32)],
  ['id-of-first-63-characters', 'references with the same first 63 characters share an id', (one) => one.slice(0, 63)],
  [
    'id-without-last-character',
    'references that differ only in the last character share an id',
    (one) => one.slice(0, -1),
  ],
  [
    'id-without-first-character',
    'references that differ only in the first character share an id',
    (one) => one.slice(1),
  ],
  ['id-of-length', 'references of the same length share an id', (one) => String(one.length)],
];

/** Faults of get-or-create. */
export const identityFaults: readonly FaultRow[] = [
  [
    'new-id-per-call',
    'GC-1 GC-3 TK-5',
    'every call gives the customer a new id',
    later((customer, _, world) => renewed(customer, world)),
  ],
  ...SHARED_IDS.map(([name, which, key]): FaultRow => [name, 'GC-2', which, idBy(key)]),
  [
    'customer-of-first-32-characters',
    'GC-2 RS-4',
    'references with the same first 32 characters are one customer',
    stores((fields) => ({ ...fields, object_reference_id: (fields['object_reference_id'] ?? '').slice(0, 32) })),
  ],
  ...[400, 409].map(
    (status): FaultRow => [
      `create-only-${status}`,
      'RS-1',
      `a second call for a customer gets ${status}`,
      refuseLater(status),
    ],
  ),
  [
    'race-on-creation',
    'GC-3',
    'concurrent calls for a new customer each create one',
    steps({
      async customerFor(fields, world) {
        const known = world.store.get(storeKey(fields, world));
        if (known !== undefined) return known;
        const now = world.now();
        await meanwhile(1);
        const created = { id: world.ids.customerId(), created: now, updated: now, fields: stored(fields) };
        world.store.set(storeKey(fields, world), created);
        return created;
      },
    }),
  ],
  ['answers-crossed', 'GC-3', "two concurrent calls get each other's data", crossed],
  [
    'data-lost-on-second-call',
    'GC-1 RS-4',
    'a later answer lacks the first name',
    later((customer) => withFields(customer, { first_name: '' })),
  ],
  [
    'data-changed-on-second-call',
    'GC-1 RS-4',
    'a later answer has the last name in capitals',
    later((customer) => withFields(customer, { last_name: (customer.fields['last_name'] ?? '').toUpperCase() })),
  ],
  [
    'new-id-after-update',
    'GC-1 GC-3',
    'a later call with other data makes a new customer',
    later((customer, fields, world) =>
      customer.fields['first_name'] === fields['first_name'] ? customer : renewed(customer, world),
    ),
  ],
  [
    'refused-request-stored',
    'GC-4',
    'the first data for a reference is stored even if the call is refused with 400',
    checks((fields, validator, world) => {
      const errors = validator(fields);
      const reference = fields['object_reference_id'] ?? '';
      if (errors.length > 0 && reference.length >= 8) void customerFor(fields, world);
      return errors;
    }),
  ],
  [
    'refused-request-updates',
    'GC-4',
    'a call refused with 400 changes the data of an existing customer',
    checks((fields, validator, world) => {
      const errors = validator(fields);
      const key = storeKey(fields, world);
      const known = world.store.get(key);
      if (errors.length > 0 && known !== undefined) world.store.set(key, withFields(known, fields));
      return errors;
    }),
  ],
  ['unauthorised-request-stored', 'GC-4', 'a call refused for its key is stored anyway', storedBeforeRefusal(false)],
  [
    'request-without-merchant-stored',
    'GC-4',
    'a call refused for its merchant id is stored anyway',
    storedBeforeRefusal(true),
  ],
  [
    'no-checks-for-existing-customer',
    'RQ-7 ER-1 RQ-3 RQ-8 RQ-10 RQ-12',
    'a call for an existing customer is not validated',
    checks((fields, validator, world) =>
      world.store.get(storeKey(fields, world)) === undefined ? validator(fields) : [],
    ),
  ],
];
