import { expect, test } from 'vitest';
import type { Claim } from '../../spec/claims.ts';
import { loadContract } from '../../spec/contract.ts';
import { casesOf } from '../../suites/cases/all.ts';
import { checkMockOptions } from '../../suites/mock/check-options.ts';
import { MOCK_OPTIONS, type MockOptions } from '../../suites/mock/options.ts';
import { judge } from '../../suites/runner/judge-case.ts';
import { openRun } from '../../suites/runner/operation.ts';
import { openMockTarget } from '../../suites/targets/mock-target.ts';
import { broken, type MadeCase, made, observed, smallReport } from '../fixtures/made-reports.ts';
import { observedOptions } from './observed-options.ts';

/** The observations of a mock with these options. */
async function observe(mockOptions: Partial<MockOptions>) {
  const contract = await loadContract();
  const run = openRun(contract, openMockTarget(contract, mockOptions));
  return await Promise.all(casesOf('observations').map((one) => judge(one, run)));
}

/** Each mock option that breaks no claim, with each value that is not the default. */
const OPEN = Object.entries(MOCK_OPTIONS).filter(([, option]) => !('breaks' in option));
const USUAL = Object.fromEntries(OPEN.map(([name, option]) => [name, option.default]));
const NUMBERS: Readonly<Record<string, number>> = { tokenLifetime: 3600, longestValue: 128 };
const CHANGES = OPEN.flatMap(([name, { values, default: byDefault }]): [string, string | number][] => {
  const others = 'from' in values ? [NUMBERS[name] ?? 403] : values.filter((value) => value !== byDefault);
  return others.map((value) => [name, value]);
});

const usual = smallReport('mock', await observe({}));

/** Several changes at once, so that few servers have to be judged; never two of one option. */
const SERVERS = Array.from({ length: 3 }, (_, index) =>
  Object.fromEntries(CHANGES.filter((_, at) => at % 3 === index)),
);

test('every change is of some server', () => {
  expect(SERVERS.flatMap((changes) => Object.entries(changes))).toHaveLength(CHANGES.length);
});

test.each(SERVERS)('a server with the options %j is seen so, and nothing is left over', async (changes) => {
  const live = smallReport('live', await observe(changes));
  const { mockOptions, unmapped } = observedOptions(live, usual);
  expect(mockOptions).toEqual({ ...USUAL, ...changes });
  expect(unmapped).toEqual([]);
  expect(checkMockOptions(mockOptions)).toEqual(mockOptions);
});

test('what no setting stands for is listed, unless the mock does the same', () => {
  const live = smallReport('live', [
    observed('EP-5/text-plain', 'accepted', { status: 200 }),
    observed('EP-5/no-media-type', 'refused', { status: 415, mediaType: 'application/json' }),
    observed('AU-5/no-credentials', 'refused', { status: 403, mediaType: 'text/html' }),
    observed('AU-5/wrong-key', 'refused', { status: 403, mediaType: 'text/html' }),
    observed('RQ-5/letters', 'refused', { status: 400, mediaType: 'application/json' }),
    observed('RQ-5/plus-sign', 'came-back', { changed: {} }),
    observed('TK-7/lifetime', 'not-told', { why: 'no expiry or no Date' }),
  ]);
  const mock = smallReport('mock', [observed('RQ-5/plus-sign', 'came-back', { changed: {} })]);
  const { mockOptions, unmapped } = observedOptions(live, mock);
  expect(mockOptions).toEqual({ keyRefusal: 403 });
  expect(unmapped.map(({ id }) => id)).toEqual([
    'EP-5/text-plain',
    'EP-5/no-media-type',
    'AU-5/no-credentials',
    'AU-5/wrong-key',
    'RQ-5/letters',
    'TK-7/lifetime',
  ]);
});

test('a claim that a service mostly breaks is broken by the mock, and what it refuses nevertheless is listed', () => {
  const accepted = ['RQ-7/a', 'RQ-7/b'].map((id) => broken(id, 200));
  const refused = ['RQ-7/c', 'RQ-7/d'].map((id) => ({ ...broken(id, 400), findings: [] }));
  const claims: Claim[] = [{ id: 'RQ-7', level: 'must', page: 'p', reading: 'r' }];
  const observedOf = (cases: MadeCase[]) => observedOptions(made(cases, { claims }), smallReport('mock', []));
  expect(observedOf([...accepted, ...refused.slice(1)])).toEqual({
    mockOptions: { emailCharacters: 'accept' },
    unmapped: [{ id: 'RQ-7/d', observation: 'refused with 400' }],
  });
  expect(observedOf([...accepted, ...refused]).mockOptions).toEqual({});
});

test.each([
  [[], 'expected an object of mock options'],
  [{ colour: 'blue' }, '"colour" is unknown: expected laterCall, '],
  [{ laterCall: 'merge' }, '"laterCall" is "merge": expected keep or update'],
  [{ keyRefusal: 200 }, '"keyRefusal" is 200: expected a whole number from 400 to 499'],
])('mock options that cannot be used say why: %j', (value, message) => {
  expect(() => checkMockOptions(value)).toThrow(message);
});
