/** An invalid key. */
const OTHER_KEY = 'conformance_not_a_key';

/** The ways in which a call's credentials differ from the right ones: in words, and the header made of the key. */
const WAYS = {
  right: ['the API key, no password', user],
  none: ['none', () => undefined],
  longer: ['the API key and "x"', (key) => user(`${key}x`)],
  'nul-added': ['the API key, a NUL character and "x"', (key) => user(`${key}\0x`)],
  shorter: ['the API key without its last character', (key) => user(key.slice(0, -1))],
  'less-first': ['the API key without its first character', (key) => user(key.slice(1))],
  'first-changed': ['the API key with its first character changed', (key) => user(changedAt(key, 0))],
  'middle-changed': [
    'the API key with a character in the middle changed',
    (key) => user(changedAt(key, Math.floor(key.length / 2))),
  ],
  'last-changed': ['the API key with its last character changed', (key) => user(changedAt(key, key.length - 1))],
  'blank-added': ['the API key and a space', (key) => user(`${key} `)],
  'other-case': ['the API key in another letter case', (key) => user(inOtherCase(key))],
  other: ['another key', () => user(OTHER_KEY)],
  empty: ['an empty key', () => user('')],
  'with-password': ['the API key, with a password', (key) => basic(`${key}:password`)],
  'without-colon': ['the API key, without the colon', basic],
  'as-password': ['the API key as the password of an empty user name', (key) => basic(`:${key}`)],
  bearer: ['the API key as a Bearer token', (key) => `Bearer ${key}`],
  'bearer-basic': ['the right credentials as a Bearer token', (key) => user(key).replace('Basic', 'Bearer')],
  'scheme-alone': ['only the scheme Basic', () => 'Basic'],
  'other-without-colon': ['another key, without a colon', () => basic(OTHER_KEY)],
  'not-base64': ['Basic credentials that are not base64', () => 'Basic %not-base64%'],
  'two-wrong': ['two wrong keys in one header', () => `${user('not_a_key_either')}, ${user(OTHER_KEY)}`],
  prefixed: ['"x" and the API key', (key) => user(`x${key}`)],
  'bare-key': ['only the API key, without a scheme', (key) => key],
  'other-scheme': ['the right credentials with another scheme', (key) => user(key).replace('Basic', 'Token')],
  'two-lines': ['two headers, each with a wrong key', () => `${user('not_a_key_either')}\n${user(OTHER_KEY)}`],
} as const satisfies Readonly<Record<string, readonly [words: string, header: (key: string) => string | undefined]>>;

/** The credentials of a call, by how they differ from the right ones. */
export type Credentials = keyof typeof WAYS;

/** Descriptions of the credentials. */
export const CREDENTIALS_IN_WORDS = Object.fromEntries(
  Object.entries(WAYS).map(([credentials, [words]]) => [credentials, words]),
) as Readonly<Record<Credentials, string>>;

/** The Authorization header, a line for each if there are several; undefined for none. */
export function authorizationFor(credentials: Credentials, key: string): string | undefined {
  return WAYS[credentials][1](key);
}

/** Whether the key has such a variant: one without letters has none in another letter case. */
export function canDiffer(credentials: Credentials, key: string): boolean {
  return credentials === 'right' || authorizationFor(credentials, key) !== user(key);
}

function inOtherCase(key: string): string {
  return key.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
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

/** A key as the user name, with an empty password. */
function user(key: string): string {
  return basic(`${key}:`);
}

function basic(userAndPassword: string): string {
  return `Basic ${Buffer.from(userAndPassword).toString('base64')}`;
}
