import { CONFORMING_STEPS, type World } from '../steps.ts';
import type { Customer, Fields } from '../store.ts';
import { customers, refusedCalls, tokens, withFields } from './behaviour.ts';
import { type Fault, fault } from './fault.ts';

const { checkMerchant } = CONFORMING_STEPS;

/** A store that forgets customers. @param keeps gets the key, all keys, oldest first, and the customer's calls so far */
function forgets(keeps: (key: string, keys: readonly string[], calls: number) => boolean): Fault['patch'] {
  return customers(() => {
    const calls = new Map<string, number>();
    const forgotten = new Map<string, number>();
    return (customer, { key }) => {
      const count = (calls.get(key) ?? 0) + 1;
      calls.set(key, count);
      const times = (forgotten.get(key) ?? 0) + (keeps(key, [...calls.keys()], count) ? 0 : 1);
      forgotten.set(key, times);
      return times === 0 ? customer : { ...customer, id: `${customer.id}-${times}` };
    };
  });
}

/** Claims that compare two answers. */
const COMPARED = ['GC-1', 'GC-2', 'GC-3', 'GC-4', 'TK-5', 'RS-4'] as const;

/** A fault that only several calls show. */
function shownBySeveral(name: string, claim: string, description: string, patch: Fault['patch']): Fault {
  return fault(name, [claim, ...COMPARED.filter((one) => one !== claim)], description, patch);
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

/** What a refused call does to the requested customer. */
const HARMED: readonly (readonly [
  name: string,
  description: string,
  harm: (known: Customer, fields: Fields, world: World) => Customer,
])[] = [
  ['refused-call-replaces-data', 'replaces the customer’s data', withFields],
  [
    'refused-call-gives-new-id',
    'gives the customer a new id',
    (known, _, world) => ({ ...known, id: world.ids.customerId() }),
  ],
  [
    'refused-call-moves-date-created',
    'moves date_created by a minute',
    (known) => ({ ...known, created: new Date(known.created.getTime() - 60_000) }),
  ],
];

/** Faults that depend on history: many customers, refused calls, later calls with other data. */
export const memoryFaults: readonly Fault[] = [
  ...FORGETTING.map(([name, description, keeps]) => shownBySeveral(name, 'GC-1', description, forgets(keeps))),
  ...['mobile_number', 'email_address', 'last_name', 'mobile_country_code'].map((field) =>
    shownBySeveral(
      `new-id-with-another-${field.replaceAll('_', '-')}`,
      'GC-1',
      `a later call with another ${field} makes a new customer`,
      customers(() => (customer, { fields, known }) => {
        const differs = known !== undefined && field in fields && known.fields[field] !== fields[field];
        return differs ? { ...customer, id: `${customer.id}-${fields[field]}` } : customer;
      }),
    ),
  ),
  ...HARMED.map(([name, description, harm]) =>
    shownBySeveral(
      name,
      'GC-4',
      `a refused call ${description}`,
      refusedCalls(({ fields, world, key, known }) => {
        if (known !== undefined) world.store.set(key, harm(known, fields, world));
      }),
    ),
  ),
  shownBySeveral(
    'token-of-the-customer-before',
    'TK-6',
    'a customer gets the token of the previous customer',
    tokens(() => {
      let last: { readonly id: string; readonly value: string } | undefined;
      return (token, { id }) => {
        const before = last;
        last = { id, value: token.value };
        return before !== undefined && before.id !== id ? { ...token, value: before.value } : token;
      };
    }),
  ),
  shownBySeveral(
    'one-token-for-each-first-name',
    'TK-6',
    'customers with the same first name share a token',
    tokens(() => (token, { fields }) => ({ ...token, value: `tkn_${fields['first_name'] ?? 'none'}` })),
  ),
  ...['mobile_number', 'email_address'].map((field) =>
    shownBySeveral(
      `one-id-for-each-${field.replaceAll('_', '-')}`,
      'GC-2',
      `customers with the same ${field.replaceAll('_', ' ')} share an id`,
      customers(() => (customer) => {
        const shared = customer.fields[field];
        return shared === undefined ? customer : { ...customer, id: `cst_${shared}` };
      }),
    ),
  ),
  shownBySeveral(
    'no-merchant-after-a-right-call',
    'AU-4',
    'a call without a merchant id is accepted if the previous one had one',
    () => {
      let had = false;
      return {
        steps: {
          checkMerchant(merchant, world) {
            const isLetIn = had && merchant === undefined;
            had = merchant !== undefined;
            return isLetIn ? undefined : checkMerchant(merchant, world);
          },
        },
      };
    },
  ),
];
