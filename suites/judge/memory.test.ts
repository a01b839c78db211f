import { expect, test } from 'vitest';
import { customerOperation } from './customer/operation.ts';
import { Memory } from './memory.ts';

const MOBILE = '9988776655';
const CREATED = '2026-05-20T10:00:00Z';

function answer(name: string, changes: Record<string, unknown> = {}) {
  const value = { id: `id of ${name}`, object_reference_id: name, mobile_number: MOBILE, date_created: CREATED };
  const fields = { object_reference_id: name, mobile_number: MOBILE };
  return { name, fields, value: { ...value, ...changes }, where: `case ${name}` };
}

function claimsOf(...answers: ReturnType<typeof answer>[]): string[] {
  const memory = new Memory(customerOperation);
  return answers.flatMap((one) => memory.meet(one)).map(({ claim }) => claim);
}

const token = (text: string) => ({ juspay: { client_auth_token: text } });

test.each([
  ['another id', [answer('one'), answer('one', { id: 'other' })], ['GC-1']],
  ['another id at the fifth call', [...Array(4).fill(answer('one')), answer('one', { id: 'other' })], ['GC-1']],
  ['another time of creation', [answer('one'), answer('one', { date_created: '2026-05-20T10:00:01Z' })], ['GC-1']],
  [
    'the same instant in another zone',
    [answer('one'), answer('one', { date_created: '2026-05-20T15:30:00+05:30' })],
    [],
  ],
  ['the same instant, less precise', [answer('one', { date_created: '2026-05-20T10:00:00.400Z' }), answer('one')], []],
  ['other data for the same call', [answer('one', { first_name: 'A' }), answer('one', { first_name: 'B' })], ['GC-1']],
  ['the id of another name', [answer('one', { id: 'x' }), answer('two', { id: 'x' })], ['GC-2']],
  ['the id of a name in other letter case', [answer('one', { id: 'x' }), answer('ONE', { id: 'x' })], []],
  ['the token of another name', [answer('one', token('tkn_1')), answer('two', token('tkn_1'))], ['TK-6']],
  ['its own token again', [answer('one', token('tkn_1')), answer('one', token('tkn_1'))], []],
  ['malformed values are not compared', [answer('one', { id: '' }), answer('two', { id: '', date_created: 'x' })], []],
])('%s', (_, answers, claims) => {
  expect(claimsOf(...answers)).toEqual(claims);
});

test('a change by a refused call is blamed on it if calls without refusals change nothing', () => {
  const memory = new Memory(customerOperation);
  memory.meet(answer('one'));
  memory.meet(answer('one'));
  memory.refuse('one');
  expect(memory.meet(answer('one', { id: 'other' }))[0]).toMatchObject({
    claim: 'GC-4',
    expected: 'the id of case one, for the same name: "id of one"',
    actual: '"other"',
  });
});

test('data sent by one call must not come back to another, in any place', () => {
  const memory = new Memory(customerOperation);
  const sent = (name: string, email: string) => ({ name, fields: { email_address: email }, where: `case ${name}` });
  memory.keepSent([sent('one', 'a@example.com')]);
  memory.keepSent([sent('two', 'b@example.com')]);
  expect(memory.strayIn({ note: ['a@example.com'] }, sent('two', 'b@example.com'))).toMatchObject({
    claim: 'GC-2',
    actual: '"a@example.com", which case one sent',
  });
  // Sent by two calls, so it cannot be attributed.
  memory.keepSent([sent('three', 'a@example.com')]);
  expect(memory.strayIn({ note: 'a@example.com' }, sent('four', 'b@example.com'))).toBeUndefined();
});
