import { PROOF_KEYS } from '../proof-keys.ts';
import type { Fields } from '../store.ts';

import { changing, FRAMINGS, type Framing, refusal } from './accepted-effects.ts';
import { type Ask, type Effect, keepRefused, of, type Seen, type Trigger } from './front.ts';
import type { Random } from './random.ts';
import { TOKEN } from './value-triggers.ts';

const KEY = PROOF_KEYS.apiKey;

/** A mistake in a field: which values have it, how to make it, and the value without it. */
interface Mistake {
  readonly name: string;
  readonly group: string;
  readonly claim: string;
  readonly field: string;
  readonly has: (value: string | undefined) => boolean;
  readonly make: (value: string) => string | undefined;
  /** The value as read by a server that overlooks the mistake. */
  readonly unseen: (value: string | undefined) => string;
}

const NAME_FORBIDDEN = [...'!"#$%&\'*+,/:;<=>?@[\\]^`{|}~'];
const EMAIL_FORBIDDEN = [...'"(),:;<>[\\] '];
const CONTROLS = ['\0', '\t', '\n', '\r', '\r\n', '\u0001', '\u001b', '\u007f'];
const SYMBOLS = [
  '\u2019',
  '\u201c',
  '\u20ac',
  '\u2026',
  '\u2014',
  '\u00d7',
  '\u00b0',
  '\u2122',
  '\u00bf',
  '\u00ab',
  '\u3002',
  '\u{1f600}',
];

function characterMistake(random: Random): Mistake {
  const field = random.pick(['email_address', 'email_address', 'first_name', 'last_name']);
  const claim = { email_address: 'RQ-7', first_name: 'RQ-10', last_name: 'RQ-12' }[field] ?? '';
  const plain = field === 'email_address' ? EMAIL_FORBIDDEN : NAME_FORBIDDEN;
  const [group, marks] = random.weighted<readonly [string, readonly string[]]>([
    [5, ['a forbidden character', [random.pick(plain)]]],
    [2, ['a control character', [random.pick(CONTROLS)]]],
    [2, ['a symbol beyond ASCII', [random.pick(SYMBOLS)]]],
    [1, ['any control character', CONTROLS]],
    [1, ['any symbol beyond ASCII', SYMBOLS]],
    [1, ['any forbidden punctuation', plain.filter((mark) => mark !== ' ')]],
  ]);
  const place = random.weighted([
    [4, 'anywhere'],
    [2, 'first'],
    [2, 'last'],
    [2, 'inside'],
    [field === 'email_address' ? 2 : 0, 'in the domain'],
    [field === 'email_address' ? 2 : 0, 'at the end of the local part'],
  ]);
  const mark = random.pick(marks);
  const found = (value: string) => marks.filter((one) => value.includes(one));
  const at = (value: string): boolean => {
    const [local = '', domain = ''] = value.split('@');
    return marks.some((one) => {
      switch (place) {
        case 'first':
          return value.startsWith(one);
        case 'last':
          return value.endsWith(one);
        case 'inside':
          return value.slice(1, -1).includes(one);
        case 'in the domain':
          return domain.includes(one);
        case 'at the end of the local part':
          return local.endsWith(one);
        default:
          return value.includes(one);
      }
    });
  };
  const spoil = (value: string): string => {
    const text = value.length > 1 ? value : 'Maria';
    const cut = text.indexOf('@') === -1 ? 2 : text.indexOf('@');
    switch (place) {
      case 'first':
        return mark + text;
      case 'last':
        return text + mark;
      case 'in the domain':
        return `${text.slice(0, cut + 3)}${mark}${text.slice(cut + 3)}`;
      case 'at the end of the local part':
        return `${text.slice(0, cut)}${mark}${text.slice(cut)}`;
      default:
        return `${text.slice(0, 2)}${mark}${text.slice(2)}`;
    }
  };
  const shown = marks.length > 1 ? '' : ` ${JSON.stringify(mark)}`;
  return {
    ...{ name: `${field} with ${group}${shown} ${place}`, group: `${field}: ${group} ${place}`, claim, field },
    has: (value) => value !== undefined && at(value),
    make: spoil,
    unseen: (value = '') => found(value).reduce((text, one) => text.replaceAll(one, ''), value),
  };
}

function edgeMistake(random: Random): Mistake {
  const mark = random.pick(['_', '.']);
  const pattern = random.pick([new RegExp(`^\\${mark}`), new RegExp(`\\${mark}@`)]);
  const isFirst = pattern.source.startsWith('^');
  return {
    ...{
      name: `email_address with ${mark} ${isFirst ? 'first' : 'last'} in the local part`,
      group: 'email_address: edges',
    },
    ...{ claim: 'RQ-8', field: 'email_address' },
    has: (value) => value !== undefined && pattern.test(value),
    make: (value) => (isFirst ? mark + value : value.replace('@', `${mark}@`)),
    unseen: (value = '') => value.replace(/^[_.]+/, '').replace(/[_.]+@/, '@'),
  };
}

function mandatoryMistake(random: Random): Mistake {
  const [field, claim] = random.pick([
    ['object_reference_id', 'RQ-1'],
    ['mobile_number', 'RQ-3'],
  ] as const);
  const isAbsent = random.chance(0.5);
  const short = random.between(1, 7);
  const right = field === 'mobile_number' ? '9876543210' : 'a-reference-that-was-there';
  if (random.chance(0.3)) {
    return {
      ...{
        name: `a reference of ${short} characters`,
        group: 'a short reference',
        claim: 'RQ-2',
        field: 'object_reference_id',
      },
      has: (value) => value?.length === short,
      make: (value) => value.slice(-short),
      unseen: (value = '') => value.padEnd(8, 'x'),
    };
  }
  return {
    ...{ name: `${field} ${isAbsent ? 'absent' : 'empty'}`, group: 'a mandatory field is missing', claim, field },
    has: (value) => value === (isAbsent ? undefined : ''),
    make: () => (isAbsent ? undefined : ''),
    unseen: () => right,
  };
}

/** The claims about a field's invalid values. */
const FORBIDDING: Readonly<Record<string, readonly string[]>> = {
  object_reference_id: ['RQ-1', 'RQ-2'],
  mobile_number: ['RQ-3'],
  email_address: ['RQ-7', 'RQ-8'],
  first_name: ['RQ-10'],
  last_name: ['RQ-12'],
};

type Context = readonly [string, (seen: Seen) => boolean, (base: Fields) => { first?: boolean; fields: Fields }];

/** Situations in which a server may overlook a mistake. */
const CONTEXTS: readonly [Context, ...Context[]] = [
  ['', () => true, (fields) => ({ fields })],
  ['', () => true, (fields) => ({ fields })],
  ['', () => true, (fields) => ({ fields })],
  [' for a customer that exists', ({ exists }) => exists, (fields) => ({ fields, first: true })],
  [' for a new customer', ({ exists }) => !exists, (fields) => ({ fields })],
  [
    ' asking for a token',
    ({ fields }) => fields[TOKEN] === 'true',
    (base) => ({ fields: { ...base, [TOKEN]: 'true' } }),
  ],
  [' without the option', ({ fields }) => !(TOKEN in fields), (fields) => ({ fields })],
  [
    ' in a body of few fields',
    ({ fields }) => Object.keys(fields).length <= 3,
    ({ object_reference_id = '', mobile_number = '' }) => ({ fields: { object_reference_id, mobile_number } }),
  ],
  [' in a body of many fields', ({ fields }) => Object.keys(fields).length >= 5, (fields) => ({ fields })],
];

/**
 * A trigger by a mistake in the body: of one kind, or any in one field.
 * @param isAlone nothing else is wrong, so that it could be overlooked
 */
export function mistakeTrigger(
  random: Random,
  which: 'one kind' | 'any in a field',
  isAlone = which === 'one kind',
): Trigger & { readonly unseen: (fields: Fields) => Fields } {
  const mistake = random.weighted([
    [6, characterMistake],
    [1.5, edgeMistake],
    [2, mandatoryMistake],
  ])(random);
  const { field, make, claim } = mistake;
  const isOne = which === 'one kind';
  // A server that skips all checks does so in some situation; one that misses a character misses it everywhere.
  const [where, holds, context] = isOne ? CONTEXTS[0] : random.pick(CONTEXTS);
  return {
    name: `${isOne ? mistake.name : `a mistake in ${field}`}${where}`,
    group: `${isOne ? mistake.group : `a mistake in ${field}`}${where}`,
    claims: isOne ? [claim] : (FORBIDDING[field] ?? []),
    fires: (seen) =>
      seen.is === 'bad-request' &&
      holds(seen) &&
      (isOne ? mistake.has(seen.fields[field]) : seen.wrong.includes(field)) &&
      (!isAlone || seen.wrong.every((name) => name === field)),
    unseen: (fields) => ({ ...fields, [field]: mistake.unseen(fields[field]) }),
    witness(base) {
      const { fields, first } = context(base);
      const value = make(base[field] ?? (field === 'email_address' ? 'maria@example.com' : 'Maria'));
      const { [field]: _, ...rest } = fields;
      const bad = value === undefined ? rest : { ...rest, [field]: value };
      // For a new customer, then for an existing one with other data.
      const other = { ...bad, ...(field === 'last_name' ? { first_name: 'Changed' } : { last_name: 'Changed' }) };
      const later =
        field === 'object_reference_id' ? bad : where.includes('few') ? { ...bad, mobile_number: '8765432109' } : other;
      return [
        ...(first === true ? [] : [{ fields: bad }]),
        ...(where.includes('new') ? [] : [{ fields: base }, { fields: later }]),
      ];
    },
  };
}

/** Accepts a bad request. @param isCleaned removes the mistake first */
export function overlooked(isCleaned: boolean, unseen: (fields: Fields) => Fields, claims: readonly string[]): Effect {
  return {
    ...{
      name: isCleaned ? 'accepted, the mistake taken out' : 'accepted',
      group: 'accepted though it is wrong',
      claims: [...claims, 'ER-1', 'GC-4'],
    },
    instead: ({ request, fields }, { lenient }) =>
      lenient(isCleaned ? { ...request, body: new URLSearchParams(unseen(fields)).toString() } : request),
  };
}

const NOT_REFUSED = ['ER-1', 'RQ-1', 'RQ-2', 'RQ-3', 'RQ-7', 'RQ-8', 'RQ-10', 'RQ-12'];

/** A refused call stores its data, deletes its customer, or gets no answer. */
function leavesBehind(random: Random, weight: number, what: string, unanswered: readonly string[]) {
  const how = random.pick(['new', 'existing', 'existing'] as const);
  const stored = how === 'new' ? 'stored for a new customer' : 'stored over an existing customer';
  return [
    of(weight, stored, `data of ${what} are stored (${how})`, ['GC-4', 'GC-1'], {
      before: (seen, memory) => keepRefused(seen, memory, how),
    }),
    of(1, 'the existing customer is deleted', 'a refused call deletes', ['GC-4', 'GC-1'], {
      before: ({ fields }, { store }) => store.delete(fields['object_reference_id'] ?? ''),
    }),
    of(1, 'no answer', `no answer to ${what}`, unanswered, { instead: () => 'no-answer' }),
  ];
}

/** Errors in refusing a bad request. */
export function badRequestEffect(random: Random): Effect {
  const status = random.pick([401, 403, 404, 405, 409, 415, 422, 200, 500, 302]);
  const field = random.pick(['status', 'error_code', 'error_message']);
  const [what, value] = random.pick<readonly [string, unknown]>([
    ['left out', undefined],
    ['null', null],
    ['a number', 400],
    ['a list', ['no']],
    ['an object', { text: 'no' }],
    ['a boolean', false],
  ]);
  const [framing, frame] = random.pick([...FRAMINGS, ['as plain text', () => 'Bad Request'] as Framing]);
  const type = random.pick(['text/html', 'text/plain', undefined]);
  return random.weighted<Effect>([
    of(3, `status ${status}`, 'refused with another status', NOT_REFUSED, {
      after: (answer) => (answer.status === 400 ? { ...answer, status } : answer),
    }),
    of(3, `${field} ${what}`, 'a refusal without its texts', ['ER-2'], {
      after: changing(400, (body) => ({ ...body, [field]: value })),
    }),
    of(2, `a refusal ${framing}`, 'a refusal that is no JSON object', ['EP-4'], {
      after: (answer) => (answer.status === 400 ? { ...answer, body: frame(String(answer.body)) } : answer),
    }),
    of(1, `a refusal of media type ${type ?? 'none'}`, 'a refusal of another media type', ['EP-4'], {
      after(answer) {
        const { 'content-type': _, ...headers } = answer.headers;
        return { ...answer, headers: type === undefined ? headers : { ...headers, 'content-type': type } };
      },
    }),
    ...leavesBehind(random, 4, 'a bad request', NOT_REFUSED),
  ]);
}

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
