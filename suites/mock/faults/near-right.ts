import { CONFORMING_STEPS, type World } from '../steps.ts';
import type { Fault } from './fault.ts';

/** What an Authorization header says, as carelessly read as servers read it. */
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
    // Then there is neither.
  }
  const [user = '', ...rest] = text.split(':');
  return { header, user, password: rest.join(':') };
}

/** Credentials that are let in beside the right ones. */
const LET_IN: Readonly<
  Record<string, readonly [description: string, accepts: (given: Given, key: string) => boolean]>
> = {
  'any-key-accepted': ['any user name is let in', ({ user }) => user !== ''],
  'empty-key-accepted': ['an empty user name is let in', ({ header }) => header === `Basic ${btoa(':')}`],
  'longer-key-accepted': ['a key is let in that begins with the right one', ({ user }, key) => user.startsWith(key)],
  'cut-key-accepted': [
    'a key is let in that the right one begins with',
    ({ user }, key) => user !== '' && key.startsWith(user),
  ],
  'key-in-any-letter-case': [
    'the letter case of the key does not matter',
    ({ user }, key) => user.toLowerCase() === key.toLowerCase(),
  ],
  'key-as-password-accepted': [
    'the key is let in as the password of an empty user name',
    ({ user, password }, key) => user === '' && password === key,
  ],
  'bare-key-accepted': ['the key is let in as the whole header', ({ header }, key) => header === key],
  'any-scheme-accepted': ['the scheme of credentials does not matter', ({ user }, key) => user === key],
  'key-trimmed': ['a key with blanks around it is let in', ({ user }, key) => user.trim() === key],
  'key-compared-by-eight-characters': [
    'only the first eight characters of a key count',
    ({ user }, key) => user.slice(0, 8) === key.slice(0, 8),
  ],
  'key-compared-by-length': ['any key of the right length is let in', ({ user }, key) => user.length === key.length],
  'key-first-character-ignored': [
    'the first character of a key does not matter',
    ({ user }, key) => user.length === key.length && user.slice(1) === key.slice(1),
  ],
  'key-last-character-ignored': [
    'the last character of a key does not matter',
    ({ user }, key) => user.length === key.length && user.slice(0, -1) === key.slice(0, -1),
  ],
  'key-with-one-error-accepted': [
    'one wrong character of a key is forgiven',
    ({ user }, key) =>
      user.length === key.length && [...user].filter((character, at) => character !== key[at]).length === 1,
  ],
  'key-found-inside': ['a key is let in that has the right one inside', ({ user }, key) => user.includes(key)],
  'bearer-key-accepted': [
    'the key is taken from a Bearer token',
    ({ header }, key) => header.toLowerCase() === `bearer ${key.toLowerCase()}`,
  ],
  'any-bearer-accepted': ['any Bearer token is let in', ({ header }) => /^bearer /i.test(header)],
  'bad-base64-accepted': [
    'credentials that do not decode are let in',
    ({ header, user }) => /^basic ./i.test(header) && user === '',
  ],
};

/** A fault is wrong in one thing: those of a key let in no other scheme. */
function isAsNamed(name: string, header: string): boolean {
  return /bearer|bare|scheme/.test(name) || /^basic /i.test(header);
}

/** Faults of credentials that are nearly right. */
export const nearRightFaults: readonly Fault[] = Object.entries(LET_IN).map(([name, [description, accepts]]) => ({
  ...{
    name,
    claim: 'AU-3',
    description,
    related: { 'AU-2': 'a call without a key of Basic may count as one without credentials' },
  },
  patch: () => ({
    steps: {
      checkKey: (header: string | undefined, world: World) =>
        header !== undefined && isAsNamed(name, header) && accepts(read(header), world.apiKey)
          ? undefined
          : CONFORMING_STEPS.checkKey(header, world),
    },
  }),
}));
