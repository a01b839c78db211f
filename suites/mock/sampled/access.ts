import { PROOF_KEYS } from '../proof-keys.ts';
import { TOKEN_OPTION as TOKEN } from '../steps.ts';
import { leavesBehind } from './bad-request-effects.ts';
import { type Ask, type Effect, of, type Seen, type Trigger } from './front.ts';
import type { Random } from './random.ts';
import { refusal } from './rewriting.ts';

const KEY = PROOF_KEYS.apiKey;

/** Almost right credentials. */
const NEARLY: readonly Nearly[] = [
  near('any user name that begins with the key', ({ user }) => longer(user) && user.startsWith(KEY), `${KEY}x:`),
  near('any beginning of the key', ({ user }) => user.length > 3 && KEY.startsWith(user), `${KEY.slice(0, -1)}:`),
  near('the first eight characters alone', ({ user }) => alike(user, 0, 8), `${KEY.slice(0, 8)}zzzz:`),
  near('the length of the key alone', ({ user }) => user.length === KEY.length, `${'z'.repeat(KEY.length)}:`),
  near('any letter case', ({ user }) => user.toLowerCase() === KEY.toLowerCase(), `${KEY.toUpperCase()}:`),
  near('all but the first character', ({ user }) => alike(user, 1), `z${KEY.slice(1)}:`),
  near('all but the last character', ({ user }) => alike(user, 0, -1), `${KEY.slice(0, -1)}z:`),
  near('all but a character in the middle', ({ user }) => differs(user), `${KEY.slice(0, 7)}z${KEY.slice(8)}:`),
  near('blanks around the key', ({ user }) => user !== user.trim() && user.trim() === KEY, `${KEY} :`),
  near('the key behind something', ({ user }) => longer(user) && user.endsWith(KEY), `x${KEY}:`),
  near('the key as the password', ({ user, password }) => user !== KEY && password === KEY, `:${KEY}`),
  near('any user name', ({ user }) => user !== '' && user !== KEY, 'somebody:'),
  near('an empty user name', ({ user, scheme }) => scheme === 'basic' && user === '', ':'),
  raw('a Bearer token that is the key', ({ header }) => isBearer(header) && header.includes(KEY), `Bearer ${KEY}`),
  raw('any Bearer token', ({ header }) => isBearer(header), `Bearer ${KEY}`),
  raw('the bare key as the header', ({ header }) => header === KEY, KEY),
  raw('base64 that does not decode', ({ scheme, user }) => scheme === 'basic' && user === '\0', 'Basic %%%'),
  raw(
    'another scheme with the right credentials',
    ({ scheme, header }) => scheme !== 'basic' && header.includes(btoa(`${KEY}:`)),
    `Token ${btoa(`${KEY}:`)}`,
  ),
];

function alike(user: string, from: number, to?: number): boolean {
  return user.slice(from, to) === KEY.slice(from, to);
}

function isBearer(header: string): boolean {
  return /^bearer /i.test(header);
}

/** Unauthorized calls by what is missing. */
const LACKING: readonly Nearly[] = [
  { name: 'no credentials', claim: 'AU-2', has: ({ header }) => header === '', ask: { authorization: null } },
  {
    name: 'a wrong key',
    claim: 'AU-3',
    has: ({ header }) => header !== '',
    ask: { authorization: `Basic ${btoa('x:')}` },
  },
  { name: 'no merchant', claim: 'AU-4', has: ({ merchant }) => merchant === undefined, ask: { merchant: null } },
  { name: 'an empty merchant', claim: 'AU-4', has: ({ merchant }) => merchant === '', ask: { merchant: '' } },
];

interface Nearly {
  readonly name: string;
  readonly claim: string;
  readonly has: (given: Given) => boolean;
  readonly ask: Omit<Ask, 'fields'>;
}

interface Given {
  readonly header: string;
  readonly scheme: string;
  /** `\0` if the base64 does not decode. */
  readonly user: string;
  readonly password: string;
  readonly merchant: string | undefined;
}

function near(name: string, has: (given: Given) => boolean, credentials: string) {
  return { name, claim: 'AU-3', has, ask: { authorization: `Basic ${btoa(credentials)}` } };
}

function raw(name: string, has: (given: Given) => boolean, authorization: string) {
  return { name, claim: 'AU-3', has, ask: { authorization } };
}

function longer(user: string): boolean {
  return user.length > KEY.length;
}

function differs(user: string): boolean {
  const at = [...KEY].flatMap((character, index) => (user[index] === character ? [] : [index]));
  return user.length === KEY.length && at.length === 1 && at[0] !== 0 && at[0] !== KEY.length - 1;
}

function givenIn({ request: { headers } }: Seen): Given {
  const header = headers['authorization'] ?? '';
  const [scheme = '', encoded = ''] = header.split(' ');
  let text: string;
  try {
    text = atob(encoded);
  } catch {
    text = '\0';
  }
  const colon = text.indexOf(':');
  return {
    ...{ header, scheme: scheme.toLowerCase(), merchant: headers['x-merchantid'] },
    user: colon === -1 ? text : text.slice(0, colon),
    password: colon === -1 ? '' : text.slice(colon + 1),
  };
}

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
  const { name, claim, has, ask } = random.pick(
    isNear ? [...NEARLY, ...LACKING.filter((one) => one.name !== 'a wrong key')] : LACKING,
  );
  const [where, holds] = random.pick(ACCESS_CONTEXTS);
  const claims = claim === 'AU-3' ? ['AU-3', 'AU-2'] : [claim];
  return {
    ...{ name: name + where, group: `${name}${where}`, claims },
    fires: (seen) =>
      (seen.is === 'key-refused' ? claim !== 'AU-4' : seen.is === 'merchant-refused' && claim === 'AU-4') &&
      has(givenIn(seen)) &&
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

const ACCESS_CLAIMS = ['AU-2', 'AU-3', 'AU-4'];

/** Accepts an unauthorized call. */
export const letIn: Effect = {
  ...{ name: 'let in', group: 'let in', claims: ACCESS_CLAIMS },
  instead: ({ request }, { lenient }) => lenient(request),
};

/** Errors in refusing an unauthorized call. */
export function accessEffect(random: Random): Effect {
  const status = random.pick([200, 204, 302, 500, 501]);
  const leaked = random.pick(['id', 'first_name', 'email_address', 'mobile_number']);
  return random.weighted<Effect>([
    of(2, `refused with ${status}`, 'refused with a status that is no 4xx', ACCESS_CLAIMS, {
      instead: (_, { now }) => refusal(status, now()),
    }),
    of(2, `the refusal has ${leaked} of the customer`, 'customer data in a refusal', ACCESS_CLAIMS, {
      instead: ({ fields }, { store, now }) => {
        const known = store.get(fields['object_reference_id'] ?? '');
        const value = leaked === 'id' ? known?.id : known?.fields[leaked];
        // The call's own data is not confidential.
        if (value === undefined || Object.values(fields).includes(value)) return undefined;
        return refusal(401, now(), { error_message: `no access to ${value}` });
      },
    }),
    ...leavesBehind(random, 3, 'a call without access', ACCESS_CLAIMS),
  ]);
}
