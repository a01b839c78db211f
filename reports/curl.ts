import type { Credentials } from '../suites/cases/credentials.ts';
import type { Exchange } from '../suites/judge/result.ts';

/** The key from a shell's environment, or what is left of it. @param cut as in `${NAME%?}`; in braces: zsh takes `$NAME:p` for a modifier */
const key = (cut = '') => `\${JUSPAY_API_KEY${cut}}`;
const PRINTED = 'printf %s "$JUSPAY_API_KEY"';
const LENGTH = '$' + '{#JUSPAY_API_KEY}';

/** A character of the key, changed as the suite does it (cases/credentials.ts): the next letter or digit, or an x. */
const changed = (at: string) =>
  `$(${PRINTED} | cut -c${at} | tr -d '\\n' | tr a-zA-Z0-9 b-zaB-ZA1-90 | tr -c a-zA-Z0-9 x)`;
const HALVES = [`$(${PRINTED} | cut -c-$((${LENGTH}/2)))`, `$(${PRINTED} | cut -c$((${LENGTH}/2+2))-)`];

/** User name and password of Basic, as a word of a shell that has the key in its environment. */
const USER: Partial<Record<Credentials, string>> = {
  right: `"${key()}:"`,
  longer: `"${key()}x:"`,
  shorter: `"${key('%?')}:"`,
  'less-first': `"${key('#?')}:"`,
  'blank-added': `"${key()} :"`,
  'first-changed': `"${changed('1')}${key('#?')}:"`,
  'middle-changed': `"${HALVES.join(changed(`$((${LENGTH}/2+1))`))}:"`,
  'last-changed': `"${key('%?')}${changed(LENGTH)}:"`,
  'other-case': `"$(${PRINTED} | tr A-Za-z a-zA-Z):"`,
  other: "'conformance_not_a_key:'",
  empty: "':'",
  'with-password': `"${key()}:password"`,
  'as-password': `":${key()}"`,
  prefixed: `"x${key()}:"`,
};

/** The header of those that are no user name and password. */
const HEADER: Partial<Record<Credentials, string>> = {
  'without-colon': `Basic $(${PRINTED} | base64 | tr -d '\\n')`,
  'other-without-colon': 'Basic $(printf conformance_not_a_key | base64)',
  // A word of a shell cannot hold a NUL.
  'nul-added': `Basic $(printf '%s\\0x:' "$JUSPAY_API_KEY" | base64 | tr -d '\\n')`,
  bearer: 'Bearer $JUSPAY_API_KEY',
  'bearer-basic': `Bearer $(printf %s "$JUSPAY_API_KEY:" | base64 | tr -d '\\n')`,
  'scheme-alone': 'Basic',
  'not-base64': 'Basic %not-base64%',
  'bare-key': '$JUSPAY_API_KEY',
  'other-scheme': `Token $(printf %s "$JUSPAY_API_KEY:" | base64 | tr -d '\\n')`,
  'two-lines': 'Basic $(printf not_a_key_either: | base64)\nBasic $(printf conformance_not_a_key: | base64)',
  'two-wrong': "Basic $(printf 'not_a_key_either:' | base64), Basic $(printf 'conformance_not_a_key:' | base64)",
};

/** The Authorization header as a shell writes it between double quotes; undefined for a call without one. */
export function authorizationInShell(credentials: Credentials): string | undefined {
  const user = USER[credentials];
  return user === undefined
    ? HEADER[credentials]?.replace('\n', ', ')
    : `Basic $(printf %s ${user} | base64 | tr -d '\\n')`;
}

/** The variable that a script takes a masked value of a header from; undefined for a value that is no mask. */
export function variableFor(value: string): string | undefined {
  if (value === '[merchant id]') return 'JUSPAY_MERCHANT_ID';
  if (value === '[API key]') return 'JUSPAY_API_KEY';
  // A secret header of the run's own: its variable is named after it.
  const [, name] = /^\[header ([^\]]+)\]$/.exec(value) ?? [];
  return name?.replace(/\W/g, '_').toUpperCase();
}

/** What a shell's single quotes hold, but a terminal or a copied text does not keep. */
const UNSAFE_TO_COPY = /[\p{Cc}\p{Cf}\u2028\u2029\ufffe\uffff]/u;

/**
 * A curl command that repeats an exchange, for any POSIX shell. Key, merchant id and secret headers are taken from its
 * environment.
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
  for (const line of header?.split('\n') ?? []) parts.push(`-H "authorization: ${line}"`);
  for (const [name, value] of Object.entries(headers)) {
    const variable = variableFor(value);
    // A header with an empty value is written with a semicolon; with a colon curl would leave it out.
    const line = value === '' ? `${name};` : `${name}: ${value}`;
    parts.push(`-H ${variable === undefined ? quote(line) : `"${name}: $${variable}"`}`);
  }
  if (headers['content-type'] === undefined) parts.push("-H 'content-type:'");
  if (!UNSAFE_TO_COPY.test(body)) return [...parts, `--data-raw ${quote(body)}`].join(' \\\n  ');
  return `printf '${octal(body)}' | ${[...parts, '--data-binary @-'].join(' \\\n  ')}`;
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
