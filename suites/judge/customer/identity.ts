import { createHash } from 'node:crypto';
import { parseDateTime } from '../../../spec/date-time.ts';
import { excerpt, valueAt } from '../body.ts';
import type { Created, Identity } from '../identity.ts';
import type { AnswerBody } from '../operation.ts';

/** The stored data of a customer, which every answer shows. */
export const DATA = [
  'object',
  'object_reference_id',
  'mobile_number',
  'mobile_country_code',
  'email_address',
  'first_name',
  'last_name',
];

const TOKEN = '/juspay/client_auth_token';

/** What tools write instead of a secret: such tokens look equal although the real ones were not. */
const REDACTED = /^\W*(?:redacted|masked|removed|hidden|secret|client auth token|x+|\*+|\.+)?\W*$/i;

/** What identifies a customer. Malformed values break other claims and are not compared. */
export function identityOf(value: AnswerBody): Identity {
  const id = value['id'];
  const created = createdOf(value['date_created']);
  const token = valueAt(value, TOKEN);
  const data = DATA.flatMap((name) =>
    value[name] === undefined ? [] : [[name, brief(JSON.stringify(value[name]))] as const],
  );
  return {
    ...(typeof id === 'string' && id !== '' ? { id } : {}),
    ...(created === undefined ? {} : { created }),
    ...(typeof token === 'string' && !REDACTED.test(token) ? { token: { text: token, pointer: TOKEN } } : {}),
    data: Object.fromEntries(data),
  };
}

/** Longer values are compared by hash, to save memory. */
const LONGEST = 1_000;

function brief(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${excerpt(text)} (${text.length} characters, SHA-256 ${createHash('sha256').update(text).digest('hex')})`;
}

/** A comparable date_created: an instant, compared at the lower of two precisions (GC-1). */
export function createdOf(value: unknown): Created | undefined {
  const instant = parseDateTime(value);
  if (typeof value !== 'string' || instant === undefined) return undefined;
  return {
    text: JSON.stringify(value),
    pointer: '/date_created',
    isSame(other) {
      const theirs: unknown = JSON.parse(other.text);
      const digits = Math.min(fractionOf(value), fractionOf(String(theirs)));
      // A server may truncate or round; differences below a millisecond do not count.
      const unit = 10 ** (3 - Math.min(digits, 3));
      const difference = Math.abs(instant - (parseDateTime(theirs) ?? Number.NaN));
      return fractionOf(value) === fractionOf(String(theirs)) ? difference === 0 : difference < unit;
    },
  };
}

/** Number of decimal places of the seconds. */
function fractionOf(time: string): number {
  return /\.(\d+)/.exec(time)?.[1]?.length ?? 0;
}
