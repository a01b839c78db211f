import { CONFORMING_STEPS, type Steps, storeKey } from '../steps.ts';
import type { Token } from '../store.ts';
import type { Fault } from './fault.ts';
import { changeBody } from './rewriting.ts';

const { customerFor, tokenFor } = CONFORMING_STEPS;
const OPTION = 'options.get_client_auth_token';

function tokens(step: Steps['tokenFor']): Fault['patch'] {
  return () => ({ steps: { tokenFor: step } });
}

/** Changes the token in answers. @param now milliseconds since 1970 */
function given(change: (token: Token, now: number) => Token): Fault['patch'] {
  return tokens((customer, fields, world) => {
    const token = tokenFor(customer, fields, world);
    return token && change(token, world.now().getTime());
  });
}

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
  tokenFor(customer, { ...fields, [OPTION]: 'true' }, world);

type Body = Record<string, unknown>;

/** Faults of the client auth token. */
export const tokenFaults: readonly Fault[] = [
  {
    name: 'token-always',
    claim: 'TK-2',
    description: 'a token is given whatever was asked for',
    related: { 'TK-3': 'also when asked not to' },
    patch: tokens(always),
  },
  {
    name: 'token-when-not-asked',
    claim: 'TK-2',
    description: 'a token is given when the option is absent',
    patch: tokens((customer, fields, world) =>
      fields[OPTION] === 'false' ? undefined : always(customer, fields, world),
    ),
  },
  {
    name: 'token-when-false',
    claim: 'TK-3',
    description: 'a token is given when the option is false',
    patch: tokens((customer, fields, world) => (OPTION in fields ? always(customer, fields, world) : undefined)),
  },
  {
    name: 'token-once-asked-always-given',
    claim: 'TK-2',
    description: 'a customer who once got a token gets one with every answer',
    related: { 'TK-3': 'also when asked not to' },
    patch: () => {
      const asked = new Set<string>();
      return {
        steps: {
          tokenFor(customer, fields, world) {
            if (fields[OPTION] === 'true') asked.add(customer.id);
            return asked.has(customer.id) ? always(customer, fields, world) : undefined;
          },
        },
      };
    },
  },
  {
    name: 'token-never',
    claim: 'TK-1',
    description: 'no token is ever given',
    related: { 'TK-4': 'for an existing customer too' },
    patch: tokens(() => undefined),
  },
  {
    name: 'token-only-on-creation',
    claim: 'TK-4',
    description: 'an existing customer gets no token',
    patch: tokenWhere((isNew) => isNew),
  },
  {
    name: 'token-not-on-creation',
    claim: 'TK-1',
    description: 'a new customer gets no token',
    patch: tokenWhere((isNew) => !isNew),
  },
  {
    name: 'one-token-for-all',
    claim: 'TK-6',
    description: 'all customers get the same token',
    patch: given((token) => ({ ...token, value: `tkn_${'0'.repeat(32)}` })),
  },
  {
    name: 'one-token-a-second',
    claim: 'TK-6',
    description: 'customers who ask in the same second get the same token',
    patch: given((token, now) => ({ ...token, value: `tkn_${String(Math.floor(now / 1000)).padStart(32, '0')}` })),
  },
  {
    name: 'token-expired',
    claim: 'TK-1',
    description: 'a new token has already expired',
    related: { 'TK-4': 'for an existing customer too' },
    patch: given((token, now) => ({ ...token, expiry: new Date(now - 60_000) })),
  },
  {
    name: 'second-token-expired',
    claim: 'TK-4',
    description: "a second token has the customer's time of creation as expiry",
    patch: () => {
      const seen = new Set<string>();
      return {
        steps: {
          tokenFor(customer, fields, world) {
            const token = tokenFor(customer, fields, world);
            if (token === undefined) return undefined;
            const known = seen.has(customer.id);
            seen.add(customer.id);
            return known ? { ...token, expiry: new Date(customer.created.getTime() - 1000) } : token;
          },
        },
      };
    },
  },
  {
    name: 'token-at-top-level',
    claim: 'TK-1',
    description: 'token and expiry are at the top level instead of in juspay',
    related: { 'TK-4': 'for an existing customer too' },
    patch: () =>
      changeBody(200, (body: Body) => {
        const { juspay, ...rest } = body;
        return typeof juspay === 'object' ? { ...rest, ...juspay } : rest;
      }),
  },
  {
    name: 'token-elsewhere-when-not-asked',
    claim: 'TK-2',
    description: 'without the option there is a token in another object',
    patch: () => ({
      ...changeBody(200, (body: Body, request) =>
        new URLSearchParams(request.body).has(OPTION) ? body : { ...body, session: { client_auth_token: 'tkn_0' } },
      ),
    }),
  },
  {
    name: 'token-changes-id',
    claim: 'TK-5',
    description: 'the answer with a token has another id',
    related: {
      'GC-3': 'concurrent calls for tokens each get another id',
      'GC-1': 'two equal calls for a token get two ids',
    },
    patch: () => ({
      rewrite: changeBody(200, (body: Body) =>
        'juspay' in body ? { ...body, id: `${String(body['id'])}${Math.random()}` } : body,
      ).rewrite,
    }),
  },
  {
    name: 'token-moves-date-created',
    claim: 'TK-5',
    description: 'asking for a token moves date_created by a second',
    related: { 'GC-1': 'only one of two calls for a customer asks for a token' },
    patch: () => ({
      steps: {
        async customerFor(fields, world) {
          const customer = await customerFor(fields, world);
          return fields[OPTION] === 'true'
            ? { ...customer, created: new Date(customer.created.getTime() - 1000) }
            : customer;
        },
      },
    }),
  },
  ...['object', 'mobile_number', 'mobile_country_code', 'email_address', 'first_name', 'last_name', 'last_updated'].map(
    (field): Fault => ({
      name: `token-drops-${field.replaceAll('_', '-')}`,
      claim: 'TK-5',
      description: `the answer with a token lacks ${field}`,
      related: {
        [field === 'object' ? 'RS-3' : field === 'last_updated' ? 'RS-5' : 'RS-4']: 'the field belongs in every answer',
      },
      patch: () =>
        changeBody(200, (body: Body) => {
          if (!('juspay' in body)) return body;
          const { [field]: _, ...rest } = body;
          return rest;
        }),
    }),
  ),
];
