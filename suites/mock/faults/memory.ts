import { CONFORMING_STEPS, type Steps, stored, storeKey, type World } from '../steps.ts';
import type { Customer, Fields } from '../store.ts';
import type { Fault, FaultPatch } from './fault.ts';

const { customerFor, checkKey, checkMerchant, tokenFor } = CONFORMING_STEPS;

/** A store that forgets customers. @param keeps gets the key and all keys, oldest first */
function forgets(keeps: (key: string, keys: readonly string[], calls: number) => boolean): FaultPatch {
  const keys: string[] = [];
  const calls = new Map<string, number>();
  const forgotten = new Map<string, number>();
  return {
    steps: {
      customerFor(fields, world) {
        const key = storeKey(fields, world);
        if (!keys.includes(key)) keys.push(key);
        calls.set(key, (calls.get(key) ?? 0) + 1);
        const customer = customerFor(fields, world) as Customer;
        if (!keeps(key, keys, calls.get(key) ?? 0)) forgotten.set(key, (forgotten.get(key) ?? 0) + 1);
        const times = forgotten.get(key) ?? 0;
        return times === 0 ? customer : { ...customer, id: `${customer.id}-${times}` };
      },
    },
  };
}

const COMPARED = {
  'GC-3': 'concurrent calls are affected too',
  'GC-2': 'an id may be another customer’s',
  'TK-5': 'the call that asks for a token may be affected',
  'RS-4': 'what was sent may not come back',
  'GC-4': 'the previous call may be a refused one',
  'GC-1': 'two answers for a customer differ',
};

/** Forgetting stores: which calls get another id. */
const FORGETTING: Readonly<Record<string, readonly [string, Parameters<typeof forgets>[0]]>> = {
  'forgets-after-20-customers': [
    'a customer is forgotten after 20 others',
    (key, keys) => keys.length - keys.indexOf(key) <= 20,
  ],
  'forgets-after-50-customers': [
    'a customer is forgotten after 50 others',
    (key, keys) => keys.length - keys.indexOf(key) <= 50,
  ],
  'forgets-after-100-customers': [
    'a customer is forgotten after 100 others',
    (key, keys) => keys.length - keys.indexOf(key) <= 100,
  ],
  'forgets-the-first-customer': [
    'the very first customer is forgotten after ten others',
    (key, keys) => keys[0] !== key || keys.length <= 10,
  ],
  'forgets-at-the-third-call': ['the third call for a customer finds another one', (_, __, calls) => calls !== 3],
  'forgets-at-the-fifth-call': ['the fifth call for a customer finds another one', (_, __, calls) => calls !== 5],
};

/** A refused call changes the requested customer. */
function refusedCall(harm: (known: Customer, fields: Fields, world: World) => Customer | undefined): FaultPatch {
  let world: World | undefined;
  return {
    steps: {
      checkKey: (header, given) => {
        world = given;
        return checkKey(header, given);
      },
    },
    rewrite(response, { body }) {
      if (world === undefined || response.status === 200) return response;
      const fields = CONFORMING_STEPS.decode(body);
      const key = storeKey(fields, world);
      const known = world.store.get(key);
      const harmed = known && harm(known, fields, world);
      if (harmed !== undefined) world.store.set(key, harmed);
      return response;
    },
  };
}

/** Later calls that differ in one field, and their effect. */
const LATER: Readonly<Record<string, readonly [string, string]>> = Object.fromEntries(
  ['mobile_number', 'email_address', 'last_name', 'mobile_country_code'].map((field) => [
    `new-id-with-another-${field.replaceAll('_', '-')}`,
    [field, `a later call with another ${field} makes a new customer`],
  ]),
);

function step(name: string, claim: string, description: string, steps: () => Partial<Steps>): Fault {
  return { name, claim, description, related: COMPARED, patch: () => ({ steps: steps() }) };
}

/** Faults that depend on history: many customers, refused calls, later calls with other data. */
export const memoryFaults: readonly Fault[] = [
  ...Object.entries(FORGETTING).map(
    ([name, [description, keeps]]): Fault => ({
      ...{ name, claim: 'GC-1', description, related: COMPARED },
      patch: () => forgets(keeps),
    }),
  ),
  ...Object.entries(LATER).map(([name, [field, description]]) =>
    step(name, 'GC-1', description, () => ({
      async customerFor(fields, world) {
        const known = world.store.get(storeKey(fields, world));
        const customer = await customerFor(fields, world);
        const differs = known !== undefined && field in fields && known.fields[field] !== fields[field];
        return differs ? { ...customer, id: `${customer.id}-${fields[field]}` } : customer;
      },
    })),
  ),
  ...(
    [
      [
        'refused-call-replaces-data',
        'replaces the customer’s data',
        (known: Customer, fields: Fields) => ({ ...known, fields: { ...known.fields, ...stored(fields) } }),
      ],
      [
        'refused-call-gives-new-id',
        'gives the customer a new id',
        (known: Customer, _: Fields, world: World) => ({ ...known, id: world.ids.customerId() }),
      ],
      [
        'refused-call-moves-date-created',
        'moves date_created by a minute',
        (known: Customer) => ({ ...known, created: new Date(known.created.getTime() - 60_000) }),
      ],
    ] as const
  ).map(
    ([name, description, harm]): Fault => ({
      ...{ name, claim: 'GC-4', description: `a refused call ${description}`, related: COMPARED },
      patch: () => refusedCall(harm),
    }),
  ),
  step('token-of-the-customer-before', 'TK-6', 'a customer gets the token of the previous customer', () => {
    let last: { readonly id: string; readonly value: string } | undefined;
    return {
      tokenFor(customer, fields, world) {
        const token = tokenFor(customer, fields, world);
        if (token === undefined) return undefined;
        const before = last;
        last = { id: customer.id, value: token.value };
        return before !== undefined && before.id !== customer.id ? { ...token, value: before.value } : token;
      },
    };
  }),
  step('one-token-for-each-first-name', 'TK-6', 'customers with the same first name share a token', () => ({
    tokenFor(customer, fields, world) {
      const token = tokenFor(customer, fields, world);
      return token && { ...token, value: `tkn_${customer.fields['first_name'] ?? 'none'}` };
    },
  })),
  step('one-id-for-each-mobile-number', 'GC-2', 'customers with the same mobile number share an id', () => ({
    async customerFor(fields, world) {
      const customer = await customerFor(fields, world);
      return { ...customer, id: `cst_${customer.fields['mobile_number']}` };
    },
  })),
  step('one-id-for-each-email-address', 'GC-2', 'customers with the same email address share an id', () => ({
    async customerFor(fields, world) {
      const customer = await customerFor(fields, world);
      return {
        ...customer,
        id: customer.fields['email_address'] === undefined ? customer.id : `cst_${customer.fields['email_address']}`,
      };
    },
  })),
  step(
    'no-merchant-after-a-right-call',
    'AU-4',
    'a call without a merchant id is accepted if the previous one had one',
    () => {
      let had = false;
      return {
        checkMerchant(merchant, world) {
          const isLetIn = had && merchant === undefined;
          had = merchant !== undefined;
          return isLetIn ? undefined : checkMerchant(merchant, world);
        },
      };
    },
  ),
];
