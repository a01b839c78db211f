import { answers, type Body, type Patch, steps, texts } from '../patches.ts';
import { CONFORMING_STEPS } from '../steps.ts';
import type { FaultRow } from './fault.ts';

const { time } = CONFORMING_STEPS;

/** Times that are not RFC 3339, although programs accept them. */
export const WRONG_TIMES: Readonly<Record<string, (iso: string) => string>> = {
  'without-zone': (iso) => iso.replace('Z', ''),
  'with-named-zone': (iso) => iso.replace('Z', ' UTC'),
  'in-milliseconds': (iso) => String(Date.parse(iso)),
  'offset-without-colon': (iso) => iso.replace('Z', '+0000'),
  'offset-of-hours': (iso) => iso.replace('Z', '+00'),
  'offset-of-one-digit': (iso) => iso.replace('Z', '+0:00'),
  'tab-for-t': (iso) => iso.replace('T', '\t'),
  'line-break-for-t': (iso) => iso.replace('T', '\n'),
  'line-break-behind': (iso) => `${iso}\n`,
  'blank-in-front': (iso) => ` ${iso}`,
  'no-seconds': (iso) => iso.replace(/:\d\dZ/, 'Z'),
  'comma-for-fraction': (iso) => iso.replace('Z', ',000Z'),
  'dot-without-digits': (iso) => iso.replace('Z', '.Z'),
  'basic-format': (iso) => iso.replace(/[-:]/g, ''),
  'week-date': (iso) => iso.replace(/^\d{4}-\d\d-\d\d/, '2026-W01-1'),
  'hour-24': (iso) => iso.replace(/T\d\d/, 'T24'),
  'minute-60': (iso) => iso.replace(/T(\d\d):\d\d/, 'T$1:60'),
  'offset-of-25-hours': (iso) => iso.replace('Z', '+25:00'),
  'two-zones': (iso) => iso.replace('Z', 'Z+00:00'),
  'year-of-two-digits': (iso) => iso.slice(2),
  'digits-of-another-script': (iso) => iso.replace(/\d/g, (digit) => String.fromCharCode(0x0966 + Number(digit))),
};

/** Objects with a repeated name, of which clients read the first or the last value. */
const TWICE: readonly (readonly [name: string, claims: string, status: number, pair: string])[] = [
  ['id-twice', 'RS-2', 200, '"id":""'],
  ['object-twice', 'RS-3', 200, '"object":"merchant"'],
  ['reference-twice', 'RS-4 EP-2', 200, '"object_reference_id":"another-reference"'],
  ['date-created-twice', 'RS-5', 200, '"date_created":"yesterday"'],
  ['error-code-twice', 'ER-2', 400, '"error_code":null'],
];

/** Changes the expiry of tokens in answers. */
export function expiries(change: (expiry: string) => unknown): Patch {
  return answers((body) =>
    typeof body['juspay'] === 'object'
      ? {
          ...body,
          juspay: {
            ...body['juspay'],
            client_auth_token_expiry: change(String((body['juspay'] as Body)['client_auth_token_expiry'])),
          },
        }
      : body,
  );
}

/** Faults in the format of times and objects. */
export const spellingFaults: readonly FaultRow[] = [
  ...Object.entries(WRONG_TIMES).map(
    ([name, spell]): FaultRow => [
      `time-${name}`,
      'RS-5 TK-1 TK-4',
      `times are spelled like ${JSON.stringify(spell('2026-01-02T03:04:05Z'))}`,
      steps({ time: (date) => spell(time(date)) }),
    ],
  ),
  ...Object.entries(WRONG_TIMES)
    .slice(3, 9)
    .map(
      ([name, spell]): FaultRow => [
        `expiry-long-gone-${name}`,
        'TK-1 TK-4',
        `a token expired in 2001, in the format ${name}`,
        expiries(() => spell('2001-09-09T01:46:40Z')),
      ],
    ),
  ...TWICE.map(
    ([name, claims, status, pair]): FaultRow => [
      name,
      claims,
      `a body of status ${status} has ${pair} before the right one`,
      texts((body) => body.replace('{', `{${pair},`), status),
    ],
  ),
];
