import { describe, expect, test, vi } from 'vitest';
import { SetupError } from '../../../spec/setup-error.ts';
import { readFaultSpec, readReference } from './named.ts';

// A bank of one: these tests are of how a fault is asked for, not of the faults.
vi.mock('../faults/all.ts', () => ({
  ALL_FAULTS: [
    {
      name: 'wrong-key-accepted',
      claim: 'AU-3',
      description: 'Any key is accepted.',
      patch: () => ({ steps: { checkKey: () => undefined } }),
    },
  ],
}));

describe('a fault spec', () => {
  test('is a name, with a parameter and a number of times where they are wanted', () => {
    expect(readFaultSpec('status-429=7*2')).toMatchObject({ what: { parameter: '7' }, times: 2 });
    expect(readFaultSpec('delay')).toMatchObject({ what: { parameter: '1000' }, times: Number.POSITIVE_INFINITY });
    expect(readFaultSpec('wrong-key-accepted')).toMatchObject({ what: { kind: 'fault' } });
  });

  test.each([
    ['', 'fault "": write NAME, NAME=PARAMETER or either with *TIMES behind it'],
    ['status-429*x', 'fault "status-429*x": write NAME, NAME=PARAMETER or either with *TIMES behind it'],
    ['status-428', 'no fault is named "status-428"; --list-faults prints those there are'],
    ['delay=soon', 'fault "delay": "soon" is no MILLISECONDS; write for example delay=1000'],
    ['status-500=7', 'fault "status-500" takes no parameter'],
    ['wrong-key-accepted=7', 'fault "wrong-key-accepted" takes no parameter'],
  ])('%j is refused', (text, message) => {
    expect(() => readFaultSpec(text)).toThrow(new SetupError(message));
  });
});

describe('a reserved reference', () => {
  test('names a fault between fault- and the rest', () => {
    expect(readReference('fault-status-503-order-1')).toMatchObject({ text: 'status-503' });
    expect(readReference('fault-missing-field=email_address*3-order-1')).toMatchObject({
      text: 'missing-field=email_address*3',
      times: 3,
    });
  });

  test('is no ordinary one', () => {
    expect(readReference('customer-fault-status-503')).toBeUndefined();
  });

  test('that names nothing is refused', () => {
    expect(() => readReference('fault-finder-7')).toThrow(
      new SetupError('customer reference "fault-finder-7": "fault-" is reserved, and no known fault\'s name follows'),
    );
  });
});
