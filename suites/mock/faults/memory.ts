import {
  Counts,
  createdEarlier,
  customers,
  type Patch,
  refusedCalls,
  remembering,
  renewed,
  steps,
  tokens,
  withFields,
} from '../patches.ts';
import { CONFORMING_STEPS, type World } from '../steps.ts';
import type { Customer, Fields } from '../store.ts';
import type { FaultRow } from './fault.ts';

const { checkMerchant } = CONFORMING_STEPS;

/** A store that forgets customers. @param keeps gets the key, all keys, oldest first, and the customer's calls so far */
function forgets(keeps: (key: string, keys: readonly string[], calls: number) => boolean): Patch {
  return remembering(() => {
    const calls = new Counts();
    const forgotten = new Counts();
    return customers((customer, { key }) => {
      const count = calls.add(key) + 1;
      if (!keeps(key, [...calls.keys()], count)) forgotten.add(key);
      const times = forgotten.get(key) ?? 0;
      return times === 0 ? customer : { ...customer, id: `${customer.id}-${times}` };
    });
  });
}

/** Calls that find another customer. */
const FORGETTING: readonly (readonly [name: string, description: string, keeps: Parameters<typeof forgets>[0]])[] = [
  ...[20, 50, 100].map(
    (count) =>
      [
        `forgets-after-${count}-customers`,
        `a customer is forgotten after ${count} others`,
        (key: string, keys: readonly string[]) => keys.length - keys.indexOf(key) <= count,
      ] as const,
  ),
  [
    'forgets-the-first-customer',
    'the very first customer is forgotten after ten others',
    (key, keys) => keys[0] !== key || keys.length <= 10,
  ],
  ['forgets-at-the-third-call', 'the third call for a customer finds another one', (_, __, calls) => calls !== 3],
  ['forgets-at-the-fifth-call', 'the fifth call for a customer finds another one', (_, __, calls) => calls !== 5],
];

/** Lets a refused call harm the requested customer. */
function harms(harm: (known: Customer, fields: Fields, world: World) => Customer): Patch {
  return refusedCalls(({ fields, world, key, known }) => {
    if (known !== undefined) world.store.set(key, harm(known, fields, world));
  });
}

const faults: readonly FaultRow[] = [
  ...FORGETTING.map(([name, description, keeps]): FaultRow => [name, 'GC-1', description, forgets(keeps)]),
  ...['mobile_number', 'email_address', 'last_name', 'mobile_country_code'].map(
    (field): FaultRow => [
      `new-id-with-another-${field.replaceAll('_', '-')}`,
      'GC-1',
      `a later call with another ${field} makes a new customer`,
      customers((customer, { fields, known }) => {
        const differs = known !== undefined && field in fields && known.fields[field] !== fields[field];
        return differs ? { ...customer, id: `${customer.id}-${fields[field]}` } : customer;
      }),
    ],
  ),
  ['refused-call-replaces-data', 'GC-4', 'a refused call replaces the customer’s data', harms(withFields)],
  [
    'refused-call-gives-new-id',
    'GC-4',
    'a refused call gives the customer a new id',
    harms((known, _, world) => renewed(known, world)),
  ],
  [
    'refused-call-moves-date-created',
    'GC-4',
    'a refused call moves date_created by a minute',
    harms((known) => createdEarlier(known, 60_000)),
  ],
  [
    'token-of-the-customer-before',
    'TK-6',
    'a customer gets the token of the previous customer',
    remembering(() => {
      let last: { readonly id: string; readonly value: string } | undefined;
      return tokens((token, { id }) => {
        const before = last;
        last = { id, value: token.value };
        return before !== undefined && before.id !== id ? { ...token, value: before.value } : token;
      });
    }),
  ],
  [
    'one-token-for-each-first-name',
    'TK-6',
    'customers with the same first name share a token',
    tokens((token, { fields }) => ({ ...token, value: `tkn_${fields['first_name'] ?? 'none'}` })),
  ],
  ...['mobile_number', 'email_address'].map(
    (field): FaultRow => [
      `one-id-for-each-${field.replaceAll('_', '-')}`,
      'GC-2',
      `customers with the same ${field.replaceAll('_', ' ')} share an id`,
      customers((customer) => {
        const shared = customer.fields[field];
        return shared === undefined ? customer : { ...customer, id: `cst_${shared}` };
      }),
    ],
  ),
  [
    'no-merchant-after-a-right-call',
    'AU-4',
    'a call without a merchant id is accepted if the previous one had one',
    remembering(() => {
      let had = false;
      return steps({
        checkMerchant(merchant, world) {
          const isLetIn = had && merchant === undefined;
          had = merchant !== undefined;
          return isLetIn ? undefined : checkMerchant(merchant, world);
        },
      });
    }),
  ],
];

/** Claims that compare two answers: only several calls show these faults. */
const COMPARED = ['GC-1', 'GC-2', 'GC-3', 'GC-4', 'TK-5', 'RS-4'];

/** Faults that depend on history: many customers, refused calls, later calls with other data. */
export const memoryFaults: readonly FaultRow[] = faults.map(([name, claim, description, patch]) => [
  name,
  [claim, ...COMPARED.filter((one) => one !== claim)].join(' '),
  description,
  patch,
]);
