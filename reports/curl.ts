import type { Credentials } from '../suites/cases/case.ts';
import type { Exchange } from '../suites/judge/result.ts';

const KEY = '$' + '{JUSPAY_API_KEY}';

/** A character of the key, changed as the suite does it (judge/credentials.ts): the next letter or digit, or an x. */
const changed = (character: string) => `$(${character} | tr a-zA-Z0-9 b-zaB-ZA1-90 | tr -c a-zA-Z0-9 x)`;

/** The user-name part of curl's -u, for a shell that has the key in its environment; undefined: no -u at all. */
export const USER: Readonly<Record<Credentials, string | undefined>> = {
  right: `"${KEY}:"`,
  none: undefined,
  longer: `"${KEY}x:"`,
  shorter: '"$' + '{JUSPAY_API_KEY%?}:"',
  'less-first': '"$' + '{JUSPAY_API_KEY#?}:"',
  'blank-added': `"${KEY} :"`,
  'first-changed': `"${changed('printf %.1s "$JUSPAY_API_KEY"')}$` + '{JUSPAY_API_KEY#?}:"',
  'middle-changed':
    '"$(printf %s "$JUSPAY_API_KEY" | cut -c1-$(($' +
    '{#JUSPAY_API_KEY}/2)))' +
    changed('printf %s "$JUSPAY_API_KEY" | cut -c$(($' + "{#JUSPAY_API_KEY}/2+1)) | tr -d '\\n'") +
    '$(printf %s "$JUSPAY_API_KEY" | cut -c$(($' +
    '{#JUSPAY_API_KEY}/2+2))-):"',
  'last-changed': '"$' + `{JUSPAY_API_KEY%?}${changed('printf %s "$JUSPAY_API_KEY" | tail -c1')}:"`,
  'other-case': '"$(printf %s "$JUSPAY_API_KEY" | tr A-Za-z a-zA-Z):"',
  other: "'conformance_not_a_key:'",
  empty: "':'",
  // In braces: zsh takes `$NAME:p` for a modifier of the variable.
  'with-password': `"${KEY}:password"`,
  'without-colon': undefined,
  'as-password': `":${KEY}"`,
  bearer: undefined,
  'not-base64': undefined,
  'two-wrong': undefined,
};

/** The header of those that are no user name and password. */
const HEADER: Partial<Record<Credentials, string>> = {
  'without-colon': `Basic $(printf %s "$JUSPAY_API_KEY" | base64 | tr -d '\\n')`,
  bearer: 'Bearer $JUSPAY_API_KEY',
  'not-base64': 'Basic %not-base64%',
  'two-wrong': "Basic $(printf 'not_a_key_either:' | base64), Basic $(printf 'conformance_not_a_key:' | base64)",
};

/** What a shell's single quotes hold, but a terminal or a copied text does not keep. */
const UNSAFE_TO_COPY = /[\p{Cc}\p{Cf}\u2028\u2029\ufffe\uffff]/u;

/**
 * A curl command that repeats an exchange, for any POSIX shell. Key and merchant id are taken from its environment.
 * @param baseUrl undefined for a target that has no address; then it is taken from the environment too
 */
export function curlFor(exchange: Pick<Exchange, 'request' | 'credentials'>, baseUrl: string | undefined): string {
  const { method, path, headers, body } = exchange.request;
  const url = baseUrl === undefined ? `"$JUSPAY_BASE_URL"${quote(path)}` : quote(`${baseUrl}${path}`);
  const user = USER[exchange.credentials];
  // Without --globoff curl would read brackets and braces of a URL as a pattern.
  const parts = [`curl -sS -i${/[[\]{}]/.test(path) ? ' --globoff' : ''} -X ${method} ${url}`];
  if (user !== undefined) parts.push(`-u ${user}`);
  const header = HEADER[exchange.credentials];
  if (header !== undefined) parts.push(`-H "authorization: ${header}"`);
  for (const [name, value] of Object.entries(headers)) parts.push(`-H ${headerArgument(name, value)}`);
  if (headers['content-type'] === undefined) parts.push("-H 'content-type:'");
  if (!UNSAFE_TO_COPY.test(body)) return [...parts, `--data-raw ${quote(body)}`].join(' \\\n  ');
  return `printf '${octal(body)}' | ${[...parts, '--data-binary @-'].join(' \\\n  ')}`;
}

function headerArgument(name: string, value: string): string {
  if (name === 'x-merchantid' && value === '[merchant id]') return '"x-merchantid: $JUSPAY_MERCHANT_ID"';
  // A secret of its own is taken from a variable named after the header.
  const [, secret] = /^\[header ([\w-]+)\]$/.exec(value) ?? [];
  if (secret === name) return `"${name}: $${name.replaceAll('-', '_').toUpperCase()}"`;
  // A header with an empty value is written with a semicolon; with a colon curl would leave it out.
  return quote(value === '' ? `${name};` : `${name}: ${value}`);
}

/** A text as one word of a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Bytes as printf's own escapes, but for letters, digits and marks that mean nothing to it or to the shell. */
function octal(text: string): string {
  return Array.from(Buffer.from(text), (byte) =>
    /[\w =&.@:/-]/.test(String.fromCharCode(byte)) && byte < 128
      ? String.fromCharCode(byte)
      : `\\${byte.toString(8).padStart(3, '0')}`,
  ).join('');
}
