import type { MockResponse } from '../steps.ts';
import { type Effect, type Memory, objectIn, type Seen } from './front.ts';

export type Body = Record<string, unknown>;

/** Changes the object in a body; other answers than of this status stay. */
export function changing(
  status: number,
  change: (body: Body, seen: Seen, memory: Memory) => unknown,
): NonNullable<Effect['after']> {
  return (answer, seen, memory) => {
    const body = answer.status === status ? objectIn(answer.body) : undefined;
    if (body === undefined) return answer;
    const changed = change(body, seen, memory);
    return { ...answer, body: JSON.stringify(changed) };
  };
}

/** A way to write a body that is not a JSON object. */
export type Framing = readonly [string, (body: string) => string | Uint8Array];

export const FRAMINGS: readonly Framing[] = [
  ['in a list', (body) => `[${body}]`],
  ['with a byte-order mark', (body) => `\ufeff${body}`],
  ['with bad UTF-8', (body) => Buffer.from(body.replace('":"', '":"\u00ff'), 'latin1')],
  ['cut short', (body) => body.slice(0, -2)],
  ['empty', () => ''],
];

/** A refusal as written by a service. */
export function refusal(status: number, now: Date, body: Body = {}): MockResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', date: now.toUTCString() },
    body: JSON.stringify({ status: 'error', error_code: 'refused', error_message: 'not possible', ...body }),
  };
}
