import { customers } from './behaviour.ts';
import { type Fault, fault } from './fault.ts';
import { answers } from './rewriting.ts';

const HOUR = 3_600_000;
const EPOCH = '1970-01-01T00:00:00Z';

/** Moves both times of a customer. @param by milliseconds */
function createdOff(by: number): Fault['patch'] {
  const moved = (date: Date) => new Date(date.getTime() + by);
  return customers(() => (customer) => ({
    ...customer,
    created: moved(customer.created),
    updated: moved(customer.updated),
  }));
}

/** Faults of date_created, last_updated and the clock. */
export const timeFaults: readonly Fault[] = [
  fault(
    'date-created-moves',
    ['GC-1', 'TK-5'],
    'date_created is a second earlier at every call',
    customers(() => {
      const calls = new Map<string, number>();
      return (customer) => {
        const earlier = calls.get(customer.id) ?? 0;
        calls.set(customer.id, earlier + 1);
        return { ...customer, created: new Date(customer.created.getTime() - earlier * 1000) };
      };
    }),
  ),
  fault('local-time-labelled-z', ['RS-9'], 'Indian time is labelled as UTC', createdOff(5.5 * HOUR)),
  fault('created-an-hour-ago', ['RS-9'], 'a new customer was created an hour ago', createdOff(-HOUR)),
  fault(
    'created-at-the-epoch',
    ['RS-9'],
    'every customer was created in 1970',
    answers((body) => ({ ...body, date_created: EPOCH, last_updated: EPOCH })),
  ),
  fault(
    'created-three-minutes-ahead',
    ['RS-9'],
    'a new customer was created three minutes from now',
    createdOff(180_000),
  ),
  fault(
    'updated-before-created',
    ['RS-5'],
    'last_updated is a second before date_created',
    customers(() => (customer) => ({ ...customer, updated: new Date(customer.created.getTime() - 1000) })),
  ),
];
