import type { Credentials } from '../suites/cases/credentials.ts';
import { ACCOUNT } from '../suites/judge/customer/request.ts';
import type { Exchange } from '../suites/judge/result.ts';
import { placeholder } from '../suites/settings/headers.ts';

/**
 * The key from a shell's environment, or part of it. In braces, because zsh reads `$NAME:p` as a modifier.
 * @param cut as in `${NAME%?}`
 */
const key = (cut = '') => `\${JUSPAY_API_KEY${cut}}`;
const PRINTED = 'printf %s "$JUSPAY_API_KEY"';
const LENGTH = '$' + '{#JUSPAY_API_KEY}';

/** A character of the key, changed as in cases/credentials.ts: to the next letter or digit, or to x. */
const changed = (at: string) =>
  `$(${PRINTED} | cut -c${at} | tr -d '\\n' | tr a-zA-Z0-9 b-zaB-ZA1-90 | tr -c a-zA-Z0-9 x)`;
const HALVES = [`$(${PRINTED} | cut -c-$((${LENGTH}/2)))`, `$(${PRINTED} | cut -c$((${LENGTH}/2+2))-)`];

/** User name and password of Basic credentials, as a shell word that takes the key from the environment. */
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

/** The header of credentials that are not a user name and password. */
const HEADER: Partial<Record<Credentials, string>> = {
  'without-colon': `Basic $(${PRINTED} | base64 | tr -d '\\n')`,
  'other-without-colon': 'Basic $(printf conformance_not_a_key | base64)',
  // A shell word cannot contain a NUL.
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

/** The Authorization header for use between double quotes in a shell; undefined for a call without one. */
export function authorizationInShell(credentials: Credentials): string | undefined {
  const user = USER[credentials];
  return user === undefined
    ? HEADER[credentials]?.replace('\n', ', ')
    : `Basic $(printf %s ${user} | base64 | tr -d '\\n')`;
}

/** The variable with the value of a masked header; undefined for a value that is not masked. */
export function variableFor([name, value]: readonly [name: string, value: string]): string | undefined {
  if (value === `[${ACCOUNT.name}]`) return 'JUSPAY_MERCHANT_ID';
  if (value === '[API key]') return 'JUSPAY_API_KEY';
  // A secret header of the run's own: its variable is named after it.
  return value === `[${placeholder(name)}]` ? name.replace(/\W/g, '_').toUpperCase() : undefined;
}

/** Characters that are valid in a shell's single quotes, but get lost in a terminal or when text is copied. */
const UNSAFE_TO_COPY = /[\p{Cc}\p{Cf}\u2028\u2029\ufffe\uffff]/u;

/**
 * A curl command that repeats an exchange, for any POSIX shell. Takes key, merchant id and secret headers from the
 * environment.
 * @param baseUrl undefined for a target without a URL; then it is taken from the environment too
 */
export function curlFor(exchange: Pick<Exchange, 'request' | 'credentials'>, baseUrl: string | undefined): string {
  const { method, path, headers, body } = exchange.request;
  const url = baseUrl === undefined ? `"$JUSPAY_BASE_URL"${quote(path)}` : quote(`${baseUrl}${path}`);
  const user = USER[exchange.credentials];
  // Without --globoff curl reads brackets and braces in a URL as a pattern.
  const parts = [`curl -sS -i${/[[\]{}]/.test(path) ? ' --globoff' : ''} -X ${method} ${url}`];
  if (user !== undefined) parts.push(`-u ${user}`);
  const header = HEADER[exchange.credentials];
  for (const line of header?.split('\n') ?? []) parts.push(`-H "authorization: ${line}"`);
  for (const [name, value] of Object.entries(headers)) {
    const variable = variableFor([name, value]);
    // curl omits an empty header written with a colon; with a semicolon it sends it.
    const line = value === '' ? `${name};` : `${name}: ${value}`;
    parts.push(`-H ${variable === undefined ? quote(line) : `"${name}: $${variable}"`}`);
  }
  if (headers['content-type'] === undefined) parts.push("-H 'content-type:'");
  if (!UNSAFE_TO_COPY.test(body)) return [...parts, `--data-raw ${quote(body)}`].join(' \\\n  ');
  return `printf '${octal(body)}' | ${[...parts, '--data-binary @-'].join(' \\\n  ')}`;
}

/** A text as one POSIX shell word. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Bytes as printf escapes, except letters, digits and characters without a meaning to printf or the shell. */
function octal(text: string): string {
  return Array.from(Buffer.from(text), (byte) =>
    /[\w =&.@:/-]/.test(String.fromCharCode(byte)) && byte < 128
      ? String.fromCharCode(byte)
      : `\\${byte.toString(8).padStart(3, '0')}`,
  ).join('');
}
