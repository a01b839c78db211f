import { type Fault, fault } from './fault.ts';
import { type Body, everyNth, without } from './rewriting.ts';

/** Drops a property from every n-th accepted answer. */
function dropsEveryNth(n: number, property: string): Fault['patch'] {
  return everyNth(
    n,
    (response) => ({
      ...response,
      body: JSON.stringify(without(JSON.parse(String(response.body)) as Body, property)),
    }),
    ({ status }) => status === 200,
  );
}

/** Intermittent faults, which a suite with few requests misses. */
export const intermittentFaults: readonly Fault[] = [5, 20].flatMap((n) => [
  fault(`id-missing-in-every-${n}th-answer`, ['RS-2'], `every ${n}th answer lacks the id`, dropsEveryNth(n, 'id')),
  fault(
    `first-name-missing-in-every-${n}th-answer`,
    ['RS-4', 'GC-1', 'TK-5', 'EP-2'],
    `every ${n}th answer lacks the first name`,
    dropsEveryNth(n, 'first_name'),
  ),
  fault(
    `status-500-in-every-${n}th-answer`,
    ['RS-1', 'ER-1', 'AU-2', 'AU-3', 'AU-4'],
    `every ${n}th answer is a 500`,
    everyNth(n, (response) => ({ ...response, status: 500, body: '{}' })),
  ),
  fault(
    `html-in-every-${n}th-answer`,
    ['EP-4'],
    `every ${n}th answer is labelled as HTML`,
    everyNth(n, (response) => ({ ...response, headers: { ...response.headers, 'content-type': 'text/html' } })),
  ),
]);
