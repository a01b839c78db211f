import type { Credentials } from '../cases/case.ts';

/** An invalid key. */
const OTHER_KEY = 'conformance_not_a_key';

/** Descriptions of the credentials. */
export const CREDENTIALS_IN_WORDS: Readonly<Record<Credentials, string>> = {
  right: 'the API key, no password',
  none: 'none',
  longer: 'the API key and "x"',
  'nul-added': 'the API key, a NUL character and "x"',
  shorter: 'the API key without its last character',
  'less-first': 'the API key without its first character',
  'first-changed': 'the API key with its first character changed',
  'middle-changed': 'the API key with a character in the middle changed',
  'last-changed': 'the API key with its last character changed',
  'blank-added': 'the API key and a space',
  'other-case': 'the API key in another letter case',
  other: 'another key',
  empty: 'an empty key',
  'with-password': 'the API key, with a password',
  'without-colon': 'the API key, without the colon',
  'as-password': 'the API key as the password of an empty user name',
  bearer: 'the API key as a Bearer token',
  'bearer-basic': 'the right credentials as a Bearer token',
  'scheme-alone': 'only the scheme Basic',
  'other-without-colon': 'another key, without a colon',
  'not-base64': 'Basic credentials that are not base64',
  'two-wrong': 'two wrong keys in one header',
  prefixed: '"x" and the API key',
  'bare-key': 'only the API key, without a scheme',
  'other-scheme': 'the right credentials with another scheme',
  'two-lines': 'two headers, each with a wrong key',
};

/** The key to send; undefined if the right key has no such variant (no letter to change the case of). */
export function keyFor(credentials: Credentials, key: string): string | undefined {
  switch (credentials) {
    case 'longer':
      return `${key}x`;
    case 'nul-added':
      return `${key}\0x`;
    case 'prefixed':
      return `x${key}`;
    case 'blank-added':
      return `${key} `;
    case 'shorter':
      return key.slice(0, -1);
    case 'less-first':
      return key.slice(1);
    case 'first-changed':
      return changedAt(key, 0);
    case 'middle-changed':
      return changedAt(key, Math.floor(key.length / 2));
    case 'last-changed':
      return changedAt(key, key.length - 1);
    case 'other-case': {
      const swapped = key.replace(/[a-z]/gi, (letter) =>
        letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
      );
      return swapped === key ? undefined : swapped;
    }
    case 'other':
      return OTHER_KEY;
    case 'empty':
      return '';
    default:
      return key;
  }
}

/** Of the same length, so that only a comparison of the whole key notices. */
function changedAt(key: string, at: number): string {
  const next = (from: string) => (character: string) => from[(from.indexOf(character) + 1) % from.length] ?? '';
  const changed = (key[at] ?? '')
    .replace(/[a-z]/, next('abcdefghijklmnopqrstuvwxyz'))
    .replace(/[A-Z]/, next('ABCDEFGHIJKLMNOPQRSTUVWXYZ'))
    .replace(/[0-9]/, next('0123456789'))
    .replace(/[^A-Za-z0-9]/, 'x');
  return `${key.slice(0, at)}${changed}${key.slice(at + 1)}`;
}

/** The Authorization header; undefined for none. */
export function authorizationFor(credentials: Credentials, key: string): string | undefined {
  switch (credentials) {
    case 'none':
      return undefined;
    case 'without-colon':
      return basic(key);
    case 'with-password':
      return basic(`${key}:password`);
    case 'as-password':
      return basic(`:${key}`);
    case 'other-without-colon':
      return basic(OTHER_KEY);
    case 'bearer':
      return `Bearer ${key}`;
    case 'bearer-basic':
      return basic(`${key}:`).replace('Basic', 'Bearer');
    case 'scheme-alone':
      return 'Basic';
    case 'not-base64':
      return 'Basic %not-base64%';
    case 'bare-key':
      return key;
    case 'other-scheme':
      return basic(`${key}:`).replace('Basic', 'Token');
    case 'two-wrong':
      return `${basic('not_a_key_either:')}, ${basic(`${OTHER_KEY}:`)}`;
    case 'two-lines':
      return `${basic('not_a_key_either:')}\n${basic(`${OTHER_KEY}:`)}`;
    default:
      return basic(`${keyFor(credentials, key) ?? key}:`);
  }
}

function basic(userAndPassword: string): string {
  return `Basic ${Buffer.from(userAndPassword).toString('base64')}`;
}
