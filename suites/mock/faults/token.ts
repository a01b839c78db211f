import { CONFORMING_STEPS, type Steps, storeKey, TOKEN_OPTION } from '../steps.ts';
import { customers, steps, tokens } from './behaviour.ts';
import { type Fault, fault } from './fault.ts';
import { answers, without } from './rewriting.ts';

const { customerFor, tokenFor } = CONFORMING_STEPS;

/** Gives tokens only to new customers, or only to existing ones. */
function tokenWhere(gives: (isNew: boolean) => boolean): Fault['patch'] {
  return () => {
    let isNew = false;
    return {
      steps: {
        customerFor(fields, world) {
          isNew = world.store.get(storeKey(fields, world)) === undefined;
          return customerFor(fields, world);
        },
        tokenFor: (customer, fields, world) => (gives(isNew) ? tokenFor(customer, fields, world) : undefined),
      },
    };
  };
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
export const tokenFaults: readonly Fault[] = [
  fault('token-always', ['TK-2', 'TK-3'], 'a token is given whatever was asked for', steps({ tokenFor: always })),
  fault(
    'token-when-not-asked',
    ['TK-2'],
    'a token is given when the option is absent',
    steps({
      tokenFor: (customer, fields, world) =>
        fields[TOKEN_OPTION] === 'false' ? undefined : always(customer, fields, world),
    }),
  ),
  fault(
    'token-when-false',
    ['TK-3'],
    'a token is given when the option is false',
    steps({
      tokenFor: (customer, fields, world) => (TOKEN_OPTION in fields ? always(customer, fields, world) : undefined),
    }),
  ),
  fault(
    'token-once-asked-always-given',
    ['TK-2', 'TK-3'],
    'a customer who once got a token gets one with every answer',
    () => {
      const asked = new Set<string>();
      return {
        steps: {
          tokenFor(customer, fields, world) {
            if (fields[TOKEN_OPTION] === 'true') asked.add(customer.id);
            return asked.has(customer.id) ? always(customer, fields, world) : undefined;
          },
        },
      };
    },
  ),
  fault('token-never', ['TK-1', 'TK-4'], 'no token is ever given', steps({ tokenFor: () => undefined })),
  fault(
    'token-only-on-creation',
    ['TK-4'],
    'an existing customer gets no token',
    tokenWhere((isNew) => isNew),
  ),
  fault(
    'token-not-on-creation',
    ['TK-1'],
    'a new customer gets no token',
    tokenWhere((isNew) => !isNew),
  ),
  fault(
    'one-token-for-all',
    ['TK-6'],
    'all customers get the same token',
    tokens(() => (token) => ({ ...token, value: `tkn_${'0'.repeat(32)}` })),
  ),
  fault(
    'one-token-a-second',
    ['TK-6'],
    'customers who ask in the same second get the same token',
    tokens(() => (token, _, now) => ({
      ...token,
      value: `tkn_${String(Math.floor(now / 1000)).padStart(32, '0')}`,
    })),
  ),
  fault(
    'token-expired',
    ['TK-1', 'TK-4'],
    'a new token has already expired',
    tokens(() => (token, _, now) => ({ ...token, expiry: new Date(now - 60_000) })),
  ),
  fault(
    'second-token-expired',
    ['TK-4'],
    "a second token has the customer's time of creation as expiry",
    tokens(() => {
      const seen = new Set<string>();
      return (token, customer) => {
        if (seen.has(customer.id)) return { ...token, expiry: new Date(customer.created.getTime() - 1000) };
        seen.add(customer.id);
        return token;
      };
    }),
  ),
  fault(
    'token-at-top-level',
    ['TK-1', 'TK-4'],
    'token and expiry are at the top level instead of in juspay',
    answers(({ juspay, ...rest }) => (typeof juspay === 'object' ? { ...rest, ...juspay } : rest)),
  ),
  fault(
    'token-elsewhere-when-not-asked',
    ['TK-2'],
    'without the option there is a token in another object',
    answers((body, sent) => (TOKEN_OPTION in sent ? body : { ...body, session: { client_auth_token: 'tkn_0' } })),
  ),
  fault(
    'token-changes-id',
    ['TK-5', 'GC-3', 'GC-1'],
    'the answer with a token has another id',
    answers((body) => ('juspay' in body ? { ...body, id: `${String(body['id'])}${Math.random()}` } : body)),
  ),
  fault(
    'token-moves-date-created',
    ['TK-5', 'GC-1'],
    'asking for a token moves date_created by a second',
    customers(
      () =>
        (customer, { fields }) =>
          fields[TOKEN_OPTION] === 'true'
            ? { ...customer, created: new Date(customer.created.getTime() - 1000) }
            : customer,
    ),
  ),
  ...Object.entries(DROPPED).map(([field, claim]) =>
    fault(
      `token-drops-${field.replaceAll('_', '-')}`,
      ['TK-5', claim],
      `the answer with a token lacks ${field}`,
      answers((body) => ('juspay' in body ? without(body, field) : body)),
    ),
  ),
];
