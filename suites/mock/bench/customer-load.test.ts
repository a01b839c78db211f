import { expect, test } from 'vitest';
import { customerLoad } from './customer-load.ts';
import type { LoadCall } from './load.ts';

/** A correct answer with this id. */
function answerTo({ body }: LoadCall, id: string): string {
  return JSON.stringify({ ...Object.fromEntries(new URLSearchParams(body)), id });
}

test('detects a wrong status, a wrong field, and a missing or changed id', () => {
  const call = customerLoad()();
  expect(call.check(500, '')).toBe('status 500 for load-00000000');
  expect(call.check(200, answerTo(call, ''))).toBe('the id is ""');
  expect(call.check(200, answerTo(call, 'cst_1').replace('Smith', 'Smyth'))).toBe(
    'last_name is "Smyth" where Smith was sent',
  );
  expect(call.check(200, answerTo(call, 'cst_1'))).toBeUndefined();
  expect(call.check(200, answerTo(call, 'cst_2'))).toBe('customer 0 had the id cst_1, and now cst_2');
});

test('detects two customers with the same id', () => {
  const next = customerLoad();
  const first = next();
  let second = next();
  while (second.body === first.body) second = next();
  expect(first.check(200, answerTo(first, 'cst_1'))).toBeUndefined();
  expect(second.check(200, answerTo(second, 'cst_1'))).toBe('customers 0 and 1 both have the id cst_1');
});

test('of twenty calls, one is invalid and one has a wrong key; both must be refused', () => {
  const next = customerLoad();
  const calls = Array.from({ length: 20 }, next);
  const accepted = calls.filter((call) => call.check(200, answerTo(call, `cst_${call.body}`)) === undefined);
  expect(accepted).toHaveLength(18);
  expect(calls[7]?.check(400, '{}')).toBeUndefined();
  expect(calls[13]?.check(401, '{}')).toBeUndefined();
  expect(calls[13]?.check(401, '{"id":"cst_1"}')).toBe('a refusal with an id');
});
