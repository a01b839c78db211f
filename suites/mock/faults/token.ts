import { answers, createdEarlier, customers, type Patch, remembering, steps, tokens, without } from '../patches.ts';
import { CONFORMING_STEPS, type Steps, storeKey, TOKEN_OPTION } from '../steps.ts';
import type { FaultRow } from './fault.ts';

const { customerFor, tokenFor } = CONFORMING_STEPS;

/** Gives tokens only to new customers, or only to existing ones. */
function tokenWhere(gives: (isNew: boolean) => boolean): Patch {
  return remembering(() => {
    let isNew = false;
    return steps({
      customerFor(fields, world) {
        isNew = world.store.get(storeKey(fields, world)) === undefined;
        return customerFor(fields, world);
      },
      tokenFor: (customer, fields, world) => (gives(isNew) ? tokenFor(customer, fields, world) : undefined),
    });
  });
}

/** Always gives a token. */
const always: Steps['tokenFor'] = (customer, fields, world) =>
  tokenFor(customer, { ...fields, [TOKEN_OPTION]: 'true' }, world);

/** Fields that an answer with a token lacks, with the claim about the field itself. */
const DROPPED = {
  object: 'RS-3',
  mobile_number: 'RS-4',
  mobile_country_code: 'RS-4',
  email_address: 'RS-4',
  first_name: 'RS-4',
  last_name: 'RS-4',
  last_updated: 'RS-5',
} as const;

/** Faults of the client auth token. */
export const tokenFaults: readonly FaultRow[] = [
  ['token-always', 'TK-2 TK-3', 'a token is given whatever was asked for', steps({ tokenFor: always })],
  [
    'token-when-not-asked',
    'TK-2',
    'a token is given when the option is absent',
    steps({
      tokenFor: (one, fields, world) => (fields[TOKEN_OPTION] === 'false' ? undefined : always(one, fields, world)),
    }),
  ],
  [
    'token-when-false',
    'TK-3',
    'a token is given when the option is false',
    steps({ tokenFor: (one, fields, world) => (TOKEN_OPTION in fields ? always(one, fields, world) : undefined) }),
  ],
  [
    'token-once-asked-always-given',
    'TK-2 TK-3',
    'a customer who once got a token gets one with every answer',
    remembering(() => {
      const asked = new Set<string>();
      return steps({
        tokenFor(customer, fields, world) {
          if (fields[TOKEN_OPTION] === 'true') asked.add(customer.id);
          return asked.has(customer.id) ? always(customer, fields, world) : undefined;
        },
      });
    }),
  ],
  ['token-never', 'TK-1 TK-4', 'no token is ever given', steps({ tokenFor: () => undefined })],
  ['token-only-on-creation', 'TK-4', 'an existing customer gets no token', tokenWhere((isNew) => isNew)],
  // A call for a reference that earlier runs may have used counts as one for an existing customer.
  ['token-not-on-creation', 'TK-1 TK-4', 'a new customer gets no token', tokenWhere((isNew) => !isNew)],
  [
    'one-token-for-all',
    'TK-6',
    'all customers get the same token',
    tokens((token) => ({ ...token, value: `tkn_${'0'.repeat(32)}` })),
  ],
  [
    'one-token-a-second',
    'TK-6',
    'customers who ask in the same second get the same token',
    tokens((token, _, now) => ({ ...token, value: `tkn_${String(Math.floor(now / 1000)).padStart(32, '0')}` })),
  ],
  [
    'token-expired',
    'TK-1 TK-4',
    'a new token has already expired',
    tokens((token, _, now) => ({ ...token, expiry: new Date(now - 60_000) })),
  ],
  [
    'second-token-expired',
    'TK-4',
    "a second token has the customer's time of creation as expiry",
    remembering(() => {
      const seen = new Set<string>();
      return tokens((token, customer) => {
        if (seen.has(customer.id)) return { ...token, expiry: createdEarlier(customer, 1000).created };
        seen.add(customer.id);
        return token;
      });
    }),
  ],
  [
    'token-at-top-level',
    'TK-1 TK-4',
    'token and expiry are at the top level instead of in juspay',
    answers(({ juspay, ...rest }) => (typeof juspay === 'object' ? { ...rest, ...juspay } : rest)),
  ],
  [
    'token-elsewhere-when-not-asked',
    'TK-2',
    'without the option there is a token in another object',
    answers((body, sent) => (TOKEN_OPTION in sent ? body : { ...body, session: { client_auth_token: 'tkn_0' } })),
  ],
  [
    'token-changes-id',
    'TK-5 GC-3 GC-1',
    'the answer with a token has another id',
    answers((body) => ('juspay' in body ? { ...body, id: `${String(body['id'])}${Math.random()}` } : body)),
  ],
  [
    'token-moves-date-created',
    'TK-5 GC-1',
    'asking for a token moves date_created by a second',
    customers((customer, { fields }) => (fields[TOKEN_OPTION] === 'true' ? createdEarlier(customer, 1000) : customer)),
  ],
  ...Object.entries(DROPPED).map(
    ([field, claim]): FaultRow => [
      `token-drops-${field.replaceAll('_', '-')}`,
      `TK-5 ${claim}`,
      `the answer with a token lacks ${field}`,
      answers((body) => ('juspay' in body ? without(body, field) : body)),
    ],
  ),
];
