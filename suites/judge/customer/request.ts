import type { Call } from '../../cases/case.ts';
import { authorizationFor } from '../../cases/credentials.ts';
import { fillIn } from '../../cases/template.ts';
import { headersFor } from '../../settings/headers.ts';
import type { HttpRequest, Keys } from '../../targets/target.ts';

export const FORM = 'application/x-www-form-urlencoded';
/** The field with the customer's reference. */
export const NAME_FIELD = 'object_reference_id';
const OPERATION_PATH = '/v2/customers';

/** The account of a call: its header, its name in messages, and an unknown account. */
export const ACCOUNT = { header: 'x-merchantid', name: 'merchant id', nobody: 'conformance-nobody' } as const;

/** The fields as sent. @param digits 64 hexadecimal digits */
export function fillFields(call: Call, digits: string): Readonly<Record<string, string>> {
  const known = FILLED.get(call);
  if (known?.digits === digits) return known.fields;
  const fields = Object.fromEntries(Object.entries(call.fields).map(([name, value]) => [name, fillIn(value, digits)]));
  FILLED.set(call, { digits, fields });
  return fields;
}

/** Caches the last request of each call, because the proof sends the same calls to a thousand servers. */
const FILLED = new WeakMap<Call, { readonly digits: string; readonly fields: Readonly<Record<string, string>> }>();
const BUILT = new WeakMap<Call, { readonly digits: string; readonly keys: Keys; readonly request: HttpRequest }>();

/** The request for a call, with the target's key and merchant id. */
export function buildRequest(call: Call, keys: Keys, digits: string): HttpRequest {
  const known = BUILT.get(call);
  const { apiKey, account, headers } = keys;
  const isKnown =
    known?.digits === digits &&
    known.keys.apiKey === apiKey &&
    known.keys.account === account &&
    known.keys.headers === headers;
  if (isKnown) return known.request;
  const request = newRequest(call, keys, digits);
  BUILT.set(call, { digits, request, keys: { apiKey, account, ...(headers === undefined ? {} : { headers }) } });
  return request;
}

function newRequest(call: Call, keys: Keys, digits: string): HttpRequest {
  const headers: Record<string, string> = { accept: 'application/json' };
  const authorization = authorizationFor(call.credentials ?? 'right', keys.apiKey);
  if (authorization !== undefined) headers['authorization'] = authorization;
  if (call.merchant !== 'absent') {
    headers[ACCOUNT.header] = { right: keys.account, empty: '', other: ACCOUNT.nobody }[call.merchant ?? 'right'];
  }
  const mediaType = call.mediaType === undefined ? FORM : call.mediaType;
  if (mediaType !== null) headers['content-type'] = mediaType;
  Object.assign(headers, headersFor(keys.headers ?? [], fillFields(call, digits)[NAME_FIELD] ?? ''));
  const body = call.rawBody === undefined ? encode(call, digits) : fillIn(call.rawBody, digits);
  return { method: 'POST', path: call.path ?? OPERATION_PATH, headers, body };
}

function encode(call: Call, digits: string): string {
  const fields = fillFields(call, digits);
  if (call.encoding === 'json') return JSON.stringify(fields);
  const pairs = Object.entries(fields);
  const writing = call.encoding ?? 'form';
  if (writing === 'form') return new URLSearchParams(fields).toString();
  const { name: writeName, value: writeValue } = WRITERS[writing];
  return pairs.map(([name, value]) => `${writeName(name)}=${writeValue(value)}`).join('&');
}

/** Encodings of a form other than a browser's; they all decode to the same form. */
const WRITERS: Readonly<
  Record<Exclude<NonNullable<Call['encoding']>, 'form' | 'json'>, Record<'name' | 'value', (text: string) => string>>
> = {
  percent: { name: percentCode, value: percentCode },
  lowercase: { name: (text) => text.replaceAll('.', '%2e'), value: (text) => percentCode(text).toLowerCase() },
  'escaped-names': { name: percentCode, value: encodeURIComponent },
  // Like curl -d, but escaping characters with a meaning in forms.
  bare: { name: plain, value: (text) => text.replace(/[^A-Za-z0-9\-._~!$'()*,/:=?@]/gu, percentCode) },
};

function plain(text: string): string {
  return text;
}

function percentCode(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('');
}
