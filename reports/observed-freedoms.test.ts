import { expect, test } from 'vitest';
import { loadContract } from '../spec/contract.ts';
import { observationCases } from '../suites/cases/observations.ts';
import { judge } from '../suites/judge/judge.ts';
import { openRun } from '../suites/judge/run.ts';
import { FREEDOM_VALUES } from '../suites/mock/freedom-values.ts';
import { DEFAULT_FREEDOMS, type Freedoms } from '../suites/mock/freedoms.ts';
import { checkFreedoms } from '../suites/mock/freedoms-file.ts';
import { openMockTarget } from '../suites/targets/mock-target.ts';
import { observed, smallReport } from './fixtures/small-report.ts';
import { observedFreedoms } from './observed-freedoms.ts';

/** What is observed of a mock that was told to behave so. */
async function observe(freedoms: Partial<Freedoms>) {
  const contract = await loadContract();
  const run = openRun(contract, openMockTarget(contract, freedoms));
  return await Promise.all(observationCases.map((one) => judge(one, run)));
}

/** Each freedom with each value that is not the default. */
const CHANGES = Object.entries(FREEDOM_VALUES).flatMap(([name, values]): [string, string | number][] => {
  const usual = DEFAULT_FREEDOMS[name as keyof Freedoms];
  const others = 'from' in values ? [name === 'tokenLifetime' ? 3600 : 403] : values.filter((value) => value !== usual);
  return others.map((value) => [name, value]);
});

test.each(CHANGES)('a server whose %s is %s is seen so, and nothing is left over', async (name, value) => {
  const usual = smallReport('mock', await observe({}));
  const live = smallReport('sandbox', await observe({ [name]: value }));
  const { freedoms, unmapped } = observedFreedoms(live, usual);
  expect(freedoms).toEqual({ ...DEFAULT_FREEDOMS, [name]: value });
  expect(unmapped).toEqual([]);
  expect(checkFreedoms({ freedoms })).toEqual(freedoms);
});

test('what no setting stands for is listed, unless the mock does the same', () => {
  const live = smallReport('sandbox', [
    observed('EP-5/text-plain', 'accepted with 200'),
    observed('EP-5/no-media-type', 'refused with 415, application/json'),
    observed('AU-5/no-credentials', 'refused with 403, text/html'),
    observed('AU-5/wrong-key', 'refused with 403, text/html'),
    observed('RQ-5/letters', 'refused with 400, application/json'),
    observed('RQ-5/plus-sign', 'accepted, everything came back'),
    observed('TK-7/lifetime', 'not to be told: no expiry or no Date'),
  ]);
  const mock = smallReport('mock', [observed('RQ-5/plus-sign', 'accepted, everything came back')]);
  const { freedoms, unmapped } = observedFreedoms(live, mock);
  expect(freedoms).toEqual({ keyRefusal: 403 });
  expect(unmapped.map(({ id }) => id)).toEqual([
    'EP-5/text-plain',
    'EP-5/no-media-type',
    'AU-5/no-credentials',
    'AU-5/wrong-key',
    'RQ-5/letters',
    'TK-7/lifetime',
  ]);
});

test.each([
  [[], 'expected an object with an object "freedoms" in it'],
  [{ freedoms: { colour: 'blue' } }, '"colour" is no freedom of the mock'],
  [{ freedoms: { laterCall: 'merge' } }, '"laterCall" is "merge": expected keep or update'],
  [{ freedoms: { keyRefusal: 200 } }, '"keyRefusal" is 200: expected a whole number from 400 to 499'],
])('a file of freedoms that cannot be used says why: %j', (value, message) => {
  expect(() => checkFreedoms(value)).toThrow(message);
});
