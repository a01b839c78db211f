import { expect, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { plantWeakness, WEAKNESSES } from './weakened-suites.ts';

const contract = await loadContract();

/** A mutant that each weakness lets through, and the proof's problem with it. `npm run prove:weakened` tries all of them. */
const NOTICED: Readonly<Record<string, readonly [problem: string, mutant: string]>> = {
  'case-deleted': ['survived', 'email_address:allows-low-line-first'],
  'case-group-deleted': ['survived', 'fault:key-trimmed'],
  'properties-deleted': ['survived', 'fault:country-code-lost-without-names'],
  'no-echo-check': ['survived', 'customer.first_name:not-echoed'],
  // The run's memory compares ids too, and finds most others.
  'relation-skipped': ['blamed wrongly', 'fault:customer-of-first-32-characters'],
  'any-4xx': ['survived', '400:status-409'],
  'expiry-not-compared': ['survived', 'fault:token-expired'],
  'media-type-not-read': ['survived', '400:media-type-text/html'],
  'schema-rule-ignored': ['survived', 'bad-request.error_code:dropped'],
};

test('every weakened suite is tested', () => {
  expect(Object.keys(WEAKNESSES)).toEqual(Object.keys(NOTICED));
});

test.for(Object.entries(WEAKNESSES))('the proof fails with %s, and holds without', async ([name, spot]) => {
  const [problem = '', mutant] = NOTICED[name] ?? [];
  const { tried, problems, control } = await plantWeakness(spot, contract, mutant);
  expect(tried).toBe(1);
  expect(control).toEqual([]);
  expect(problems.map((text) => text.replace(/ \(.*/, ''))).toEqual([`${problem}: ${mutant}`]);
});
