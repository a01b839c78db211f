import { letsIn } from '../patches.ts';
import type { FaultRow } from './fault.ts';

/** An Authorization header, parsed as carelessly as servers do. */
export interface Given {
  readonly header: string;
  readonly user: string;
  readonly password: string;
}

export function readCredentials(header = ''): Given {
  let text = '';
  try {
    text = atob(header.replace(/^\S+ +/, ''));
  } catch {
    // Neither user name nor password.
  }
  const [user = '', ...rest] = text.split(':');
  return { header, user, password: rest.join(':') };
}

const basic = (credentials: string) => `Basic ${btoa(credentials)}`;

/** Wrong credentials that a server accepts, and a header with such credentials. */
interface NearRight {
  readonly description: string;
  readonly accepts: (given: Given, key: string) => boolean;
  readonly example: (key: string) => string;
}

type Row = readonly [string, NearRight['accepts'], NearRight['example']];

const LET_IN: Readonly<Record<string, Row>> = {
  'longer-key-accepted': [
    'a key that starts with the right one is accepted',
    ({ user }, key) => user.startsWith(key),
    (key) => basic(`${key}x:`),
  ],
  'cut-key-accepted': [
    'a prefix of the right key is accepted',
    ({ user }, key) => user !== '' && key.startsWith(user),
    (key) => basic(`${key.slice(0, -1)}:`),
  ],
  'key-compared-by-eight-characters': [
    'only the first eight characters of a key count',
    ({ user }, key) => user.slice(0, 8) === key.slice(0, 8),
    (key) => basic(`${key.slice(0, 8)}zzzz:`),
  ],
  'key-compared-by-length': [
    'any key of the right length is accepted',
    ({ user }, key) => user.length === key.length,
    (key) => basic(`${'z'.repeat(key.length)}:`),
  ],
  'key-in-any-letter-case': [
    'the letter case of the key does not matter',
    ({ user }, key) => user.toLowerCase() === key.toLowerCase(),
    (key) => basic(`${key.toUpperCase()}:`),
  ],
  'key-first-character-ignored': [
    'the first character of a key does not matter',
    ({ user }, key) => user.length === key.length && user.slice(1) === key.slice(1),
    (key) => basic(`z${key.slice(1)}:`),
  ],
  'key-last-character-ignored': [
    'the last character of a key does not matter',
    ({ user }, key) => user.length === key.length && user.slice(0, -1) === key.slice(0, -1),
    (key) => basic(`${key.slice(0, -1)}z:`),
  ],
  'key-with-one-error-accepted': [
    'a key with one wrong character is accepted',
    ({ user }, key) =>
      user.length === key.length && [...user].filter((character, at) => character !== key[at]).length === 1,
    (key) => basic(`${key.slice(0, 7)}z${key.slice(8)}:`),
  ],
  'key-trimmed': [
    'a key with spaces around it is accepted',
    ({ user }, key) => user.trim() === key,
    (key) => basic(`${key} :`),
  ],
  'key-found-inside': [
    'a key that contains the right one is accepted',
    ({ user }, key) => user.includes(key),
    (key) => basic(`x${key}:`),
  ],
  'key-as-password-accepted': [
    'the key is accepted as the password of an empty user name',
    ({ user, password }, key) => user === '' && password === key,
    (key) => basic(`:${key}`),
  ],
  'any-key-accepted': ['any user name is accepted', ({ user }) => user !== '', () => basic('somebody:')],
  'empty-key-accepted': ['an empty user name is accepted', ({ header }) => header === basic(':'), () => basic(':')],
  'bearer-key-accepted': [
    'the key is accepted as a Bearer token',
    ({ header }, key) => header.toLowerCase() === `bearer ${key.toLowerCase()}`,
    (key) => `Bearer ${key}`,
  ],
  'any-bearer-accepted': [
    'any Bearer token is accepted',
    ({ header }) => /^bearer /i.test(header),
    (key) => `Bearer ${key}`,
  ],
  'bare-key-accepted': ['the key is accepted as the whole header', ({ header }, key) => header === key, (key) => key],
  'bad-base64-accepted': [
    'credentials that do not decode are accepted',
    ({ header, user }) => /^basic ./i.test(header) && user === '',
    () => 'Basic %%%',
  ],
  'any-scheme-accepted': [
    'the scheme of credentials does not matter',
    ({ user }, key) => user === key,
    (key) => `Token ${btoa(`${key}:`)}`,
  ],
};

/** Almost right credentials that servers accept, by the fault's name. */
export const NEAR_RIGHT: readonly (NearRight & { readonly name: string })[] = Object.entries(LET_IN).map(
  ([name, [description, accepts, example]]) => ({
    ...{ name, description, example },
    // Limited to its own scheme, so that it has a single error.
    accepts: (given, key) => (/bearer|bare|scheme/.test(name) || /^basic /i.test(given.header)) && accepts(given, key),
  }),
);

/** Faults that accept almost right credentials. */
export const nearRightFaults: readonly FaultRow[] = NEAR_RIGHT.map(({ name, description, accepts }) => [
  name,
  'AU-3 AU-2',
  description,
  letsIn((header, { apiKey }) => header !== undefined && accepts(readCredentials(header), apiKey)),
]);
