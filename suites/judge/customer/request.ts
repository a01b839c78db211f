import type { Call, Credentials } from '../../cases/case.ts';
import type { HttpRequest, Target } from '../../targets/target.ts';

export const FORM = 'application/x-www-form-urlencoded';
const OPERATION_PATH = '/v2/customers';

/** A merchant id that belongs to nobody. */
const OTHER_MERCHANT = 'conformance-nobody';
/** A key that belongs to nobody. */
const OTHER_KEY = 'conformance_not_a_key';

/** Puts the case's own digits where a text has `{n}`. @param digits 64 hexadecimal digits */
export function fillIn(text: string, digits: string): string {
  return text.replace(/\{(\d+)\}/g, (_, length: string) => digits.slice(0, Number(length)));
}

/** The fields as they are sent. */
export function fillFields(call: Call, digits: string): Record<string, string> {
  return Object.fromEntries(Object.entries(call.fields).map(([name, value]) => [name, fillIn(value, digits)]));
}

/** A call as the request that goes out, with the target's key and merchant id. */
export function buildRequest(call: Call, target: Pick<Target, 'apiKey' | 'merchantId'>, digits: string): HttpRequest {
  const headers: Record<string, string> = { accept: 'application/json' };
  const credentials = userAndPassword(call.credentials ?? 'right', target.apiKey);
  if (credentials !== undefined) headers['authorization'] = `Basic ${Buffer.from(credentials).toString('base64')}`;
  if (call.merchant !== 'absent') {
    headers['x-merchantid'] = { right: target.merchantId, empty: '', other: OTHER_MERCHANT }[call.merchant ?? 'right'];
  }
  const mediaType = call.mediaType === undefined ? FORM : call.mediaType;
  if (mediaType !== null) headers['content-type'] = mediaType;
  const body = call.rawBody === undefined ? encode(call, digits) : fillIn(call.rawBody, digits);
  return { method: 'POST', path: call.path ?? OPERATION_PATH, headers, body };
}

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

function userAndPassword(credentials: Credentials, key: string): string | undefined {
  if (credentials === 'none') return undefined;
  if (credentials === 'without-colon') return key;
  if (credentials === 'with-password') return `${key}:password`;
  return `${keyFor(credentials, key) ?? key}:`;
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
