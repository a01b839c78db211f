import { NEAR_RIGHT, readCredentials } from '../faults/near-right.ts';
import { PROOF_KEYS } from '../proof-keys.ts';
import { type MockRequest, TOKEN_OPTION as TOKEN } from '../steps.ts';
import { leavesBehind } from './bad-request-effects.ts';
import { type Effect, of, refusal, type Seen, UNCHECKED } from './effect.ts';
import type { Ask, Trigger } from './front.ts';
import type { Random } from './random.ts';

const KEY = PROOF_KEYS.apiKey;

/** A kind of unauthorized call, and one as an example. */
interface Unauthorized {
  readonly name: string;
  readonly claim: string;
  readonly has: (headers: MockRequest['headers']) => boolean;
  readonly ask: Omit<Ask, 'fields'>;
}

/** Almost right credentials. */
const NEARLY: readonly Unauthorized[] = NEAR_RIGHT.map(({ description, accepts, example }) => ({
  ...{ name: description, claim: 'AU-3', ask: { authorization: example(KEY) } },
  has: ({ authorization }) => authorization !== undefined && accepts(readCredentials(authorization), KEY),
}));

const WRONG_KEY: Unauthorized = {
  ...{ name: 'a wrong key', claim: 'AU-3', ask: { authorization: `Basic ${btoa('x:')}` } },
  has: ({ authorization }) => authorization !== undefined,
};

/** Calls that lack something. */
const LACKING: readonly Unauthorized[] = [
  {
    ...{ name: 'no credentials', claim: 'AU-2', ask: { authorization: null } },
    has: ({ authorization }) => authorization === undefined,
  },
  {
    ...{ name: 'no merchant', claim: 'AU-4', ask: { merchant: null } },
    has: ({ 'x-merchantid': merchant }) => merchant === undefined,
  },
  {
    ...{ name: 'an empty merchant', claim: 'AU-4', ask: { merchant: '' } },
    has: ({ 'x-merchantid': merchant }) => merchant === '',
  },
];

const ACCESS_CONTEXTS: readonly (readonly [string, (seen: Seen) => boolean])[] = [
  ['', () => true],
  ['', () => true],
  ['', () => true],
  [', for a customer that exists', ({ exists }) => exists],
  [', for a new customer', ({ exists }) => !exists],
  [', asking for a token', ({ fields }) => fields[TOKEN] === 'true'],
  [', right after a call with the right key', ({ last }) => last?.is === 'accepted'],
];

/** A trigger by wrong credentials. @param isNear also almost right ones; else only missing or clearly wrong ones */
export function accessTrigger(random: Random, isNear: boolean): Trigger {
  const { name, claim, has, ask } = random.pick([...(isNear ? NEARLY : [WRONG_KEY]), ...LACKING]);
  const [where, holds] = random.pick(ACCESS_CONTEXTS);
  const claims = claim === 'AU-3' ? ['AU-3', 'AU-2'] : [claim];
  return {
    name: name + where,
    claims,
    fires: (seen) =>
      (seen.is === 'key-refused' ? claim !== 'AU-4' : seen.is === 'merchant-refused' && claim === 'AU-4') &&
      has(seen.request.headers) &&
      holds(seen),
    witness: (base) => {
      const token = where.includes('token') ? { [TOKEN]: 'true' } : {};
      const reference = base['object_reference_id'] ?? '';
      const fields = { object_reference_id: reference, mobile_number: '8765432109', ...token };
      const unknown = { ...fields, object_reference_id: `new-${reference}`.slice(0, 64) };
      return [
        { fields: unknown, ...ask },
        { fields: base },
        { fields, ...ask },
        { fields: base },
        { fields: unknown, ...ask },
      ];
    },
  };
}

const ACCESS_CLAIMS = 'AU-2 AU-3 AU-4';

/** Accepts an unauthorized call. */
export const letIn: Effect = {
  name: 'let in',
  claims: ACCESS_CLAIMS.split(' '),
  instead: ({ request }, { answerAs }) => answerAs(UNCHECKED, request),
};

/** Errors in refusing an unauthorized call. */
export function accessEffect(random: Random): Effect {
  const status = random.pick([200, 204, 302, 500, 501]);
  const leaked = random.pick(['id', 'first_name', 'email_address', 'mobile_number']);
  return random.weighted<Effect>([
    of(2, `refused with ${status}`, ACCESS_CLAIMS, { instead: (_, { now }) => refusal(status, now()) }),
    of(2, `the refusal has ${leaked} of the customer`, ACCESS_CLAIMS, {
      instead: ({ fields }, { store, now }) => {
        const known = store.get(fields['object_reference_id'] ?? '');
        const value = leaked === 'id' ? known?.id : known?.fields[leaked];
        // The call's own data is not confidential.
        if (value === undefined || Object.values(fields).includes(value)) return undefined;
        return refusal(401, now(), { error_message: `no access to ${value}` });
      },
    }),
    ...leavesBehind(random, 3, ACCESS_CLAIMS),
  ]);
}
