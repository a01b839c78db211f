import type { Credentials } from '../suites/cases/case.ts';
import type { Exchange } from '../suites/judge/result.ts';

/** The user-name part of curl's -u, for a shell that has the key in its environment; undefined: no -u at all. */
const USER: Readonly<Record<Credentials, string | undefined>> = {
  right: '"$JUSPAY_API_KEY:"',
  none: undefined,
  longer: '"$' + '{JUSPAY_API_KEY}x:"',
  shorter: '"$' + '{JUSPAY_API_KEY%?}:"',
  'other-case': '"$(printf %s "$JUSPAY_API_KEY" | tr A-Za-z a-zA-Z):"',
  other: "'conformance_not_a_key:'",
  empty: "':'",
  'with-password': '"$JUSPAY_API_KEY:password"',
  'without-colon': undefined,
};

/**
 * A curl command that repeats an exchange. Key and merchant id are taken from the shell's environment.
 * @param baseUrl undefined for a target that has no address; then it is taken from the environment too
 */
export function curlFor(exchange: Exchange, baseUrl: string | undefined): string {
  const { method, path, headers, body } = exchange.request;
  const url = baseUrl === undefined ? `"$JUSPAY_BASE_URL${path}"` : quote(`${baseUrl}${path}`);
  const user = USER[exchange.credentials];
  const parts = [`curl -sS -i -X ${method} ${url}`];
  if (user !== undefined) parts.push(`-u ${user}`);
  if (exchange.credentials === 'without-colon') {
    parts.push('-H "authorization: Basic $(printf %s "$JUSPAY_API_KEY" | base64 -w0)"');
  }
  for (const [name, value] of Object.entries(headers)) parts.push(`-H ${headerArgument(name, value)}`);
  if (headers['content-type'] === undefined) parts.push("-H 'content-type:'");
  parts.push(`--data-raw ${quote(body)}`);
  return parts.join(' \\\n  ');
}

function headerArgument(name: string, value: string): string {
  if (name === 'x-merchantid' && value === '[merchant id]') return '"x-merchantid: $JUSPAY_MERCHANT_ID"';
  // A header with an empty value is written with a semicolon; with a colon curl would leave it out.
  return quote(value === '' ? `${name};` : `${name}: ${value}`);
}

/** A text as one word of a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
