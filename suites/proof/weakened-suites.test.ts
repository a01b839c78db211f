import { expect, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { plantWeakness, WEAKNESSES } from './weakened-suites.ts';

const contract = await loadContract();

/** Mutants that must survive, each with the resulting problem of the proof. */
const NOTICED: Readonly<Record<string, readonly string[]>> = {
  'case-deleted': ['survived: email_address:allows-low-line-first'],
  'case-group-deleted': [
    'survived: fault:longer-key-accepted',
    'survived: fault:key-trimmed',
    'survived: fault:key-last-character-ignored',
  ],
  // The tables find the other combination mutants.
  'properties-deleted': ['survived: fault:country-code-lost-without-names'],
  'no-echo-check': [
    'survived: customer.first_name:dropped',
    'survived: customer.first_name:renamed-First_name',
    'survived: customer.first_name:renamed-firstName',
    'survived: customer.first_name:as-null',
    'survived: customer.first_name:emptied',
    'survived: customer.first_name:from-request.object_reference_id',
    'survived: customer.first_name:from-request.mobile_number',
    'survived: customer.first_name:from-request.email_address',
    'survived: customer.first_name:from-request.last_name',
    'survived: customer.first_name:from-request.mobile_country_code',
    'survived: customer.first_name:not-echoed',
  ],
  // The run's memory compares ids too, and finds the others.
  'relation-skipped': ['blamed wrongly: fault:customer-of-first-32-characters'],
  'any-4xx': [401, 403, 404, 409, 415, 422].map((status) => `survived: 400:status-${status}`),
  'expiry-not-compared': ['survived: fault:token-expired', 'survived: fault:second-token-expired'],
  'media-type-not-read': [
    ...[200, 400].flatMap((status) =>
      ['text/html', 'text/plain', 'application/xml', 'application/octet-stream', 'application/jsonp'].map(
        (mediaType) => `survived: ${status}:media-type-${mediaType}`,
      ),
    ),
    'survived: 200:body-without-media-type',
    'survived: 400:body-without-media-type',
  ],
  'schema-rule-ignored': [
    'survived: bad-request.error_code:dropped',
    'survived: bad-request.error_code:renamed-Error_code',
    'survived: bad-request.error_code:renamed-errorCode',
  ],
};

test('every weakened suite is tested', () => {
  expect(WEAKNESSES.map(({ name }) => name)).toEqual(Object.keys(NOTICED));
});

test.for(WEAKNESSES)('the proof fails with $name, and holds without', async (spot) => {
  const { problems, control } = await plantWeakness(spot, contract);
  expect(control).toEqual([]);
  expect(problems.map((problem) => problem.replace(/ \(.*/, ''))).toEqual(NOTICED[spot.name]);
});
