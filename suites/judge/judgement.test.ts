import { expect, test } from 'vitest';
import { allCases } from '../cases/all.ts';
import { makeCase } from '../cases/case.ts';
import { CUSTOMER, step } from '../cases/data.ts';
import { accepts, claimsOf, type FaultyServer, judgeOn, refuses } from '../fixtures/faulty-server.ts';

test('a key revoked during the run breaks no claim', async () => {
  const server: FaultyServer = { fault: ({ count }) => (count > 0 ? 401 : undefined) };
  const { results } = await judgeOn(server, [accepts('RS-1/a', {}), accepts('RS-1/b', {}), refuses('RQ-3/a')]);
  expect(results.map(({ verdict }) => verdict)).toEqual(['pass', 'error', 'not-run']);
  expect(results[1]?.reason).toContain('is now refused: status 401');
});

test('a refusal because of an unrelated field is blamed on that field, by the smallest call that shows it', async () => {
  const fault: FaultyServer['fault'] = ({ fields }) => (fields['last_name']?.includes('(') ? 400 : undefined);
  const wrong = { last_name: 'Long-Name(with)parts', first_name: 'O.K' };
  const cases = Array.from({ length: 30 }, (_, index) => accepts(`TK-2/${index}`, wrong));
  const { results, bodies } = await judgeOn({ fault }, cases);
  expect(new Set(results.flatMap(claimsOf))).toEqual(new Set(['RQ-11']));
  const [first] = results;
  const smallest = first?.exchanges[first.findings[0]?.exchange ?? 0];
  expect(smallest?.step).toBe('the smallest call that shows it');
  expect(Object.fromEntries(new URLSearchParams(smallest?.request.body))).toMatchObject({
    last_name: 'Ma(',
    first_name: 'Maria',
  });
  // Each case and its repetition, one control, and one search.
  expect(bodies.length).toBeLessThan(30 * 2 + 15);
});

test('a refusal of a spelling is EP-2, and a diagnosis keeps the spelling', async () => {
  const fault: FaultyServer['fault'] = ({ body }) => (body.includes('%65') ? 400 : undefined);
  const { results } = await judgeOn({ fault }, [accepts('TK-2/a', {}, { encoding: 'percent' })]);
  expect(results.map(claimsOf)).toEqual([['EP-2']]);
});

test('a reference refused for its form breaks RQ-2', async () => {
  const fault: FaultyServer['fault'] = ({ fields }) => (fields['object_reference_id']?.includes('@') ? 400 : undefined);
  const { results } = await judgeOn({ fault }, [accepts('TK-2/a', { object_reference_id: 'a{10}@example.com' })]);
  expect(results.map(claimsOf)).toEqual([['RQ-2']]);
});

test('a value that comes back changed is shown by the smallest call', async () => {
  const fault: FaultyServer['fault'] = ({ fields }) =>
    fields['first_name']?.includes('..') ? (body) => ({ ...body, first_name: 'x' }) : undefined;
  const { results } = await judgeOn({ fault }, [accepts('TK-2/a', { first_name: 'Anna..B', last_name: 'O-K' })]);
  expect(results.map(claimsOf)).toEqual([['RS-4']]);
  expect(results[0]?.findings[0]).toMatchObject({
    expected: '"Anna..B"',
    actual: '"x"; the call is right with another first_name',
  });
});

test('a check without data has not passed', async () => {
  const creation = allCases.find(({ claim }) => claim === 'RS-9');
  const { results } = await judgeOn(
    { fault: () => undefined, sendDate: false },
    creation === undefined ? [] : [creation],
  );
  expect(results[0]).toMatchObject({
    ...{ verdict: 'not-run', held: null },
    reason: 'not judged: the answer has no readable Date header',
  });
});

test('a burst reports how many calls were really concurrent', async () => {
  const calls = Array.from({ length: 8 }, () => ({ fields: CUSTOMER }));
  const burst = makeCase('GC-3/burst', 'eight at once', [{ label: 'eight calls', calls, expect: 'accepted' }]);
  const { results } = await judgeOn({ fault: () => undefined, concurrency: 3 }, [burst]);
  expect(results[0]).toMatchObject({ verdict: 'pass', together: { asked: 8, atOnce: 3 } });
});

test('both values of a repeated id are compared with other answers', async () => {
  const fault: FaultyServer['fault'] = () => (body) => JSON.stringify(body).replace('{', '{"id":"cst_first",');
  const cases = [accepts('RS-1/a', {}), accepts('RS-1/b', { object_reference_id: 'other-{20}' })];
  const { results } = await judgeOn({ fault }, cases);
  expect(results.map(claimsOf)).toEqual([[], ['GC-2']]);
});

test.each([
  ['a token that was not requested', { a: [{ client_auth_token: 'tkn_1' }] }, [], ['TK-2']],
  [
    "another customer's address within a sentence",
    { error_message: 'as for maria.4711.23@example.com.' },
    [],
    ['GC-2'],
  ],
  ["the call's own data", { error_message: 'object_reference_id mine.maria.4711.23@example.com' }, [], []],
])('a refusal with %s', async (_, more, first, second) => {
  const fault: FaultyServer['fault'] = ({ fields }) =>
    fields['mobile_number'] === '' ? (body) => ({ ...body, ...more }) : undefined;
  const own = { ...CUSTOMER, mobile_number: '', object_reference_id: 'mine.maria.4711.23@example.com' };
  const bad = makeCase('RQ-3/bad', 'refused', [step('the call', 'bad-request', own)]);
  const { results } = await judgeOn({ fault }, [
    accepts('RS-1/a', { email_address: 'maria.4711.23@example.com' }),
    bad,
  ]);
  expect(results.map(claimsOf)).toEqual([first, second]);
});

test('a customer that must be old enough is not called earlier, and without one the case decides nothing', async () => {
  const pauses: number[] = [];
  const pause = async (ms: number) => void pauses.push(ms);
  const created = accepts('RS-1/a', {});
  const later = makeCase('GC-1/later', 'the same', [
    { ...step('again', 'accepted', CUSTOMER, { knownForMs: 60_000 }), owner: created },
  ]);
  const { results } = await judgeOn({ fault: () => undefined, pause }, [created, later]);
  expect(results.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
  expect(pauses).toHaveLength(1);
  expect(pauses[0]).toBeGreaterThan(50_000);
  const alone = await judgeOn({ fault: () => undefined, pause }, [later]);
  expect([alone.results[0]?.verdict, pauses.length]).toEqual(['not-run', 1]);
});
