import type { Credentials } from '../cases/case.ts';

/** A key that belongs to nobody. */
const OTHER_KEY = 'conformance_not_a_key';

/** How the credentials of a call differ from the right ones, for people. */
export const CREDENTIALS_IN_WORDS: Readonly<Record<Credentials, string>> = {
  right: 'the API key, no password',
  none: 'none',
  longer: 'the API key and "x"',
  shorter: 'the API key less its last character',
  'other-case': 'the API key in other letter case',
  other: 'another key',
  empty: 'an empty key',
  'with-password': 'the API key, with a password',
  'without-colon': 'the API key, without the colon',
};

/** The key as it is sent; undefined where the right key has no such neighbour (no letter whose case could change). */
export function keyFor(credentials: Credentials, key: string): string | undefined {
  switch (credentials) {
    case 'longer':
      return `${key}x`;
    case 'shorter':
      return key.slice(0, -1);
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

/** What Basic credentials hold before they are encoded; undefined where none are sent. */
export function userAndPassword(credentials: Credentials, key: string): string | undefined {
  if (credentials === 'none') return undefined;
  if (credentials === 'without-colon') return key;
  if (credentials === 'with-password') return `${key}:password`;
  return `${keyFor(credentials, key) ?? key}:`;
}
