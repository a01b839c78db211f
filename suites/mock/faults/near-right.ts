import { letsIn } from './behaviour.ts';
import { type Fault, fault } from './fault.ts';

/** An Authorization header, parsed as carelessly as servers do. */
interface Given {
  readonly header: string;
  readonly user: string;
  readonly password: string;
}

function read(header = ''): Given {
  let text = '';
  try {
    text = atob(header.replace(/^\S+ +/, ''));
  } catch {
    // Neither user name nor password.
  }
  const [user = '', ...rest] = text.split(':');
  return { header, user, password: rest.join(':') };
}

/** Wrong credentials that are accepted. */
const LET_IN: Readonly<
  Record<string, readonly [description: string, accepts: (given: Given, key: string) => boolean]>
> = {
  'any-key-accepted': ['any user name is accepted', ({ user }) => user !== ''],
  'empty-key-accepted': ['an empty user name is accepted', ({ header }) => header === `Basic ${btoa(':')}`],
  'longer-key-accepted': ['a key that starts with the right one is accepted', ({ user }, key) => user.startsWith(key)],
  'cut-key-accepted': ['a prefix of the right key is accepted', ({ user }, key) => user !== '' && key.startsWith(user)],
  'key-in-any-letter-case': [
    'the letter case of the key does not matter',
    ({ user }, key) => user.toLowerCase() === key.toLowerCase(),
  ],
  'key-as-password-accepted': [
    'the key is accepted as the password of an empty user name',
    ({ user, password }, key) => user === '' && password === key,
  ],
  'bare-key-accepted': ['the key is accepted as the whole header', ({ header }, key) => header === key],
  'any-scheme-accepted': ['the scheme of credentials does not matter', ({ user }, key) => user === key],
  'key-trimmed': ['a key with spaces around it is accepted', ({ user }, key) => user.trim() === key],
  'key-compared-by-eight-characters': [
    'only the first eight characters of a key count',
    ({ user }, key) => user.slice(0, 8) === key.slice(0, 8),
  ],
  'key-compared-by-length': ['any key of the right length is accepted', ({ user }, key) => user.length === key.length],
  'key-first-character-ignored': [
    'the first character of a key does not matter',
    ({ user }, key) => user.length === key.length && user.slice(1) === key.slice(1),
  ],
  'key-last-character-ignored': [
    'the last character of a key does not matter',
    ({ user }, key) => user.length === key.length && user.slice(0, -1) === key.slice(0, -1),
  ],
  'key-with-one-error-accepted': [
    'a key with one wrong character is accepted',
    ({ user }, key) =>
      user.length === key.length && [...user].filter((character, at) => character !== key[at]).length === 1,
  ],
  'key-found-inside': ['a key that contains the right one is accepted', ({ user }, key) => user.includes(key)],
  'bearer-key-accepted': [
    'the key is accepted as a Bearer token',
    ({ header }, key) => header.toLowerCase() === `bearer ${key.toLowerCase()}`,
  ],
  'any-bearer-accepted': ['any Bearer token is accepted', ({ header }) => /^bearer /i.test(header)],
  'bad-base64-accepted': [
    'credentials that do not decode are accepted',
    ({ header, user }) => /^basic ./i.test(header) && user === '',
  ],
};

/** Limits a fault to its own scheme, so that it has a single error. */
function isAsNamed(name: string, header: string): boolean {
  return /bearer|bare|scheme/.test(name) || /^basic /i.test(header);
}

/** Faults that accept almost right credentials. */
export const nearRightFaults: readonly Fault[] = Object.entries(LET_IN).map(([name, [description, accepts]]) =>
  fault(
    name,
    ['AU-3', 'AU-2'],
    description,
    letsIn((header, { apiKey }) => header !== undefined && isAsNamed(name, header) && accepts(read(header), apiKey)),
  ),
);
