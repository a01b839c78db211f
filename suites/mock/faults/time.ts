import { CONFORMING_STEPS } from '../steps.ts';
import type { Fault } from './fault.ts';
import { changeBody } from './rewriting.ts';

const { customerFor } = CONFORMING_STEPS;
const HOUR = 3_600_000;

/** Moves date_created of new customers. @param by milliseconds */
function createdOff(by: number): Fault['patch'] {
  return () => {
    const moved = (date: Date) => new Date(date.getTime() + by);
    return {
      steps: {
        async customerFor(fields, world) {
          const customer = await customerFor(fields, world);
          return { ...customer, created: moved(customer.created), updated: moved(customer.updated) };
        },
      },
    };
  };
}

/** Faults of date_created, last_updated and the clock. */
export const timeFaults: readonly Fault[] = [
  {
    name: 'date-created-moves',
    claim: 'GC-1',
    description: 'date_created is a second earlier at every call',
    related: { 'TK-5': 'with a call for a token too' },
    patch: () => {
      const calls = new Map<string, number>();
      return {
        steps: {
          async customerFor(fields, world) {
            const customer = await customerFor(fields, world);
            const earlier = calls.get(customer.id) ?? 0;
            calls.set(customer.id, earlier + 1);
            return { ...customer, created: new Date(customer.created.getTime() - earlier * 1000) };
          },
        },
      };
    },
  },
  {
    name: 'local-time-labelled-z',
    claim: 'RS-9',
    description: 'Indian time is labelled as UTC',
    patch: createdOff(5.5 * HOUR),
  },
  {
    name: 'created-an-hour-ago',
    claim: 'RS-9',
    description: 'a new customer was created an hour ago',
    patch: createdOff(-HOUR),
  },
  {
    name: 'created-at-the-epoch',
    claim: 'RS-9',
    description: 'every customer was created in 1970',
    patch: () =>
      changeBody(200, (body) => ({
        ...body,
        date_created: '1970-01-01T00:00:00Z',
        last_updated: '1970-01-01T00:00:00Z',
      })),
  },
  {
    name: 'created-three-minutes-ahead',
    claim: 'RS-9',
    description: 'a new customer was created three minutes from now',
    patch: createdOff(180_000),
  },
  {
    name: 'updated-before-created',
    claim: 'RS-5',
    description: 'last_updated is a second before date_created',
    patch: () => ({
      steps: {
        async customerFor(fields, world) {
          const customer = await customerFor(fields, world);
          return { ...customer, updated: new Date(customer.created.getTime() - 1000) };
        },
      },
    }),
  },
];
