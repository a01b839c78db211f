import type { Call } from '../../cases/case.ts';
import { headersFor } from '../../settings/headers.ts';
import type { HttpRequest, Keys } from '../../targets/target.ts';
import { userAndPassword } from '../credentials.ts';

export const FORM = 'application/x-www-form-urlencoded';
const OPERATION_PATH = '/v2/customers';

/** A merchant id that belongs to nobody. */
export const OTHER_MERCHANT = 'conformance-nobody';
/** Puts the case's own digits where a text has `{n}`. @param digits 64 hexadecimal digits */
export function fillIn(text: string, digits: string): string {
  return text.replace(/\{(\d+)\}/g, (_, length: string) => digits.slice(0, Number(length)));
}

/** The fields as they are sent. @param digits 64 hexadecimal digits */
export function fillFields(call: Call, digits: string): Record<string, string> {
  return Object.fromEntries(Object.entries(call.fields).map(([name, value]) => [name, fillIn(value, digits)]));
}

/** A call as the request that goes out, with the target's own key and merchant id. */
export function buildRequest(call: Call, keys: Keys, digits: string): HttpRequest {
  const headers: Record<string, string> = { accept: 'application/json' };
  const credentials = userAndPassword(call.credentials ?? 'right', keys.apiKey);
  if (credentials !== undefined) headers['authorization'] = `Basic ${Buffer.from(credentials).toString('base64')}`;
  if (call.merchant !== 'absent') {
    headers['x-merchantid'] = { right: keys.merchantId, empty: '', other: OTHER_MERCHANT }[call.merchant ?? 'right'];
  }
  const mediaType = call.mediaType === undefined ? FORM : call.mediaType;
  if (mediaType !== null) headers['content-type'] = mediaType;
  Object.assign(headers, headersFor(keys.headers ?? [], fillFields(call, digits)['object_reference_id'] ?? ''));
  const body = call.rawBody === undefined ? encode(call, digits) : fillIn(call.rawBody, digits);
  return { method: 'POST', path: call.path ?? OPERATION_PATH, headers, body };
}

function encode(call: Call, digits: string): string {
  const fields = fillFields(call, digits);
  switch (call.encoding) {
    case 'json':
      return JSON.stringify(fields);
    case 'percent':
      return Object.entries(fields)
        .map(([name, value]) => `${percentCode(name)}=${percentCode(value)}`)
        .join('&');
    default:
      return new URLSearchParams(fields).toString();
  }
}

function percentCode(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('');
}
