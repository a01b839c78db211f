import type { Fault } from './fault.ts';

/** Every fault of the bank. */
export const ALL_FAULTS: readonly Fault[] = [
  {
    name: 'creates-with-201',
    claim: 'RS-1',
    description: 'Accepted calls get 201.',
    patch: () => ({
      rewrite: (response) => (response.status === 200 ? { ...response, status: 201 } : response),
    }),
  },
  {
    name: 'wrong-key-accepted',
    claim: 'AU-3',
    description: 'Any key is accepted.',
    patch: () => ({ steps: { checkKey: () => undefined } }),
  },
];
