import { type Body, everyNth, type Patch, without } from '../patches.ts';
import type { FaultRow } from './fault.ts';

/** Drops a property from every n-th accepted answer. */
function dropsEveryNth(n: number, property: string): Patch {
  const dropped = (body: unknown) => JSON.stringify(without(JSON.parse(String(body)) as Body, property));
  return everyNth(n, (response) => ({ ...response, body: dropped(response.body) }), 200);
}

/** Intermittent faults, which a suite with few requests misses. */
export const intermittentFaults: readonly FaultRow[] = [5, 20].flatMap((n): FaultRow[] => [
  [`id-missing-in-every-${n}th-answer`, 'RS-2', `every ${n}th answer lacks the id`, dropsEveryNth(n, 'id')],
  [
    `first-name-missing-in-every-${n}th-answer`,
    'RS-4 GC-1 TK-5 EP-2',
    `every ${n}th answer lacks the first name`,
    dropsEveryNth(n, 'first_name'),
  ],
  [
    `status-500-in-every-${n}th-answer`,
    'RS-1 ER-1 AU-2 AU-3 AU-4',
    `every ${n}th answer is a 500`,
    everyNth(n, (response) => ({ ...response, status: 500, body: '{}' })),
  ],
  [
    `html-in-every-${n}th-answer`,
    'EP-4',
    `every ${n}th answer is labelled as HTML`,
    everyNth(n, (response) => ({ ...response, headers: { ...response.headers, 'content-type': 'text/html' } })),
  ],
]);
