import { answers, Counts, createdEarlier, customers, type Patch, remembering } from '../patches.ts';
import type { FaultRow } from './fault.ts';

const HOUR = 3_600_000;
const EPOCH = '1970-01-01T00:00:00Z';

/** Moves both times of a customer. @param ms earlier */
function earlier(ms: number): Patch {
  return customers((customer) => ({
    ...createdEarlier(customer, ms),
    updated: new Date(customer.updated.getTime() - ms),
  }));
}

/** Faults of date_created, last_updated and the clock. */
export const timeFaults: readonly FaultRow[] = [
  [
    'date-created-moves',
    'GC-1 TK-5',
    'date_created is a second earlier at every call',
    remembering(() => {
      const calls = new Counts();
      return customers((customer) => createdEarlier(customer, calls.add(customer.id) * 1000));
    }),
  ],
  ['local-time-labelled-z', 'RS-9', 'Indian time is labelled as UTC', earlier(-5.5 * HOUR)],
  ['created-an-hour-ago', 'RS-9', 'a new customer was created an hour ago', earlier(HOUR)],
  [
    'created-at-the-epoch',
    'RS-9',
    'every customer was created in 1970',
    answers((body) => ({ ...body, date_created: EPOCH, last_updated: EPOCH })),
  ],
  ['created-three-minutes-ahead', 'RS-9', 'a new customer was created three minutes from now', earlier(-180_000)],
  [
    'updated-before-created',
    'RS-5',
    'last_updated is a second before date_created',
    customers((customer) => ({ ...customer, updated: createdEarlier(customer, 1000).created })),
  ],
];
