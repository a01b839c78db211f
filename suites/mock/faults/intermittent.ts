import type { Fault } from './fault.ts';
import { everyNth } from './rewriting.ts';

/** Drops a property from every n-th answer that has it. */
function dropsEveryNth(n: number, property: string): Fault['patch'] {
  return () => {
    let count = 0;
    return {
      rewrite(response) {
        if (response.status !== 200 || typeof response.body !== 'string') return response;
        count += 1;
        if (count % n !== 0) return response;
        const { [property]: _, ...rest } = JSON.parse(response.body) as Record<string, unknown>;
        return { ...response, body: JSON.stringify(rest) };
      },
    };
  };
}

/** Intermittent faults, which a suite with few requests misses. */
export const intermittentFaults: readonly Fault[] = [
  ...[5, 20].flatMap((n): Fault[] => [
    {
      name: `id-missing-in-every-${n}th-answer`,
      claim: 'RS-2',
      description: `every ${n}th answer lacks the id`,
      patch: dropsEveryNth(n, 'id'),
    },
    {
      name: `first-name-missing-in-every-${n}th-answer`,
      claim: 'RS-4',
      description: `every ${n}th answer lacks the first name`,
      related: {
        'GC-1': 'a compared answer may be one of them',
        'TK-5': 'an answer with a token may be one of them',
        'EP-2': 'a decoding case may get one of them',
      },
      patch: dropsEveryNth(n, 'first_name'),
    },
    {
      name: `status-500-in-every-${n}th-answer`,
      claim: 'RS-1',
      description: `every ${n}th answer is a 500`,
      related: {
        'ER-1': 'the answer to a bad request may be one of them',
        'AU-2': 'a refusal may be one of them',
        'AU-3': 'a refusal may be one of them',
        'AU-4': 'a refusal may be one of them',
      },
      patch: () => everyNth(n, (response) => ({ ...response, status: 500, body: '{}' })),
    },
    {
      name: `html-in-every-${n}th-answer`,
      claim: 'EP-4',
      description: `every ${n}th answer is labelled as HTML`,
      patch: () =>
        everyNth(n, (response) => ({ ...response, headers: { ...response.headers, 'content-type': 'text/html' } })),
    },
  ]),
];
