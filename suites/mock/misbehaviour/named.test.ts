import { describe, expect, test } from 'vitest';
import { SetupError } from '../../../spec/setup-error.ts';
import { readFaultSpec, readReference } from './named.ts';

describe('a fault spec', () => {
  test('is a name with an optional parameter and an optional number of times', () => {
    expect(readFaultSpec('status-429=7*2')).toMatchObject({ parameter: '7', times: 2 });
    expect(readFaultSpec('delay')).toMatchObject({ parameter: '1000', times: Number.POSITIVE_INFINITY });
    expect(readFaultSpec('no-merchant-accepted')).toMatchObject({ fault: { claim: 'AU-4' }, parameter: '' });
  });

  test.each([
    ['', 'fault "": expected NAME[=PARAMETER][*TIMES]'],
    ['status-429*x', 'fault "status-429*x": expected NAME[=PARAMETER][*TIMES]'],
    ['status-428', 'no fault is named "status-428"; --list-faults prints all names'],
    ['delay=soon', 'fault "delay=soon": expected MILLISECONDS, for example delay=1000'],
    ['status-500=7', 'fault "status-500" takes no parameter'],
    ['no-merchant-accepted=7', 'fault "no-merchant-accepted" takes no parameter'],
  ])('%j is rejected', (text, message) => {
    expect(() => readFaultSpec(text)).toThrow(new SetupError(message));
  });
});

describe('a reserved reference', () => {
  test('has a fault spec after fault-', () => {
    expect(readReference('fault-status-503-order-1')).toMatchObject({ text: 'status-503' });
    expect(readReference('fault-missing-field=email_address*3-order-1')).toMatchObject({
      text: 'missing-field=email_address*3',
      times: 3,
    });
  });

  test('must start with fault-', () => {
    expect(readReference('customer-fault-status-503')).toBeUndefined();
  });

  test('with an unknown fault is rejected', () => {
    expect(() => readReference('fault-finder-7')).toThrow(
      new SetupError(
        'customer reference "fault-finder-7": "fault-" is reserved for fault specs, and no fault has that name',
      ),
    );
  });
});
