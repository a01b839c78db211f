import { expect, test } from 'vitest';
import { accepts, claimsOf, type FaultyServer, judgeOn, refuses } from '../fixtures/faulty-server.ts';

test('no answer twice is a failure if an ordinary call is answered; from the fourth time on without repetition', async () => {
  const cases = Array.from({ length: 12 }, (_, index) => refuses(`RQ-3/${index}`));
  const { results, bodies } = await judgeOn(
    { fault: ({ fields }) => (fields['mobile_number'] === '' ? 'hang' : undefined) },
    cases,
  );
  expect(results.slice(0, 10).map(claimsOf)).toEqual(Array(10).fill(['ER-1']));
  expect(results[0]?.findings[0]?.actual).toMatch(
    /^no answer in \d\.\d s, twice; an ordinary call was answered in \d+ ms$/,
  );
  expect(results[3]?.findings[0]?.actual).toMatch(/^no answer in \d\.\d s, as with 3 calls like it$/);
  expect(results[11]).toMatchObject({
    verdict: 'not-run',
    reason: 'not asked: the server gave no answer to 10 calls like it',
  });
  // Plus one probe of the breaker.
  expect(bodies).toHaveLength(3 * 3 + 7 + 1);
});

test.each([
  [
    'reset',
    /^the connection broke \(\w+\) \(the last of 2 attempts\), twice; an ordinary call was answered in \d+ ms$/,
  ],
  [503, /^status 503 \(the last of 2 attempts\), twice; an ordinary call was answered in \d+ ms$/],
] as const)('%s at every attempt is a failure too', async (wrong, actual) => {
  const { results } = await judgeOn({ fault: ({ fields }) => (fields['mobile_number'] === '' ? wrong : undefined) }, [
    refuses('RQ-3/0'),
  ]);
  expect(results.map(claimsOf)).toEqual([['ER-1']]);
  expect(results[0]?.findings[0]?.actual).toMatch(actual);
});

test('no answer because of an unrelated field is blamed on that field', async () => {
  const fault: FaultyServer['fault'] = ({ fields }) => (fields['last_name']?.includes('(') ? 'reset' : undefined);
  const wrong = { last_name: 'Long-Name(with)parts', first_name: 'O.K' };
  const { results } = await judgeOn({ fault }, [accepts('TK-2/a', wrong), accepts('TK-2/b', wrong)]);
  expect(results.map(claimsOf)).toEqual([['RQ-11'], ['RQ-11']]);
  expect(results[0]?.findings[0]?.actual).toMatch(/, twice; .*; the call is answered without last_name$/);
});

test('a rate limit is not an answer to the call', async () => {
  const { results } = await judgeOn({ fault: ({ fields }) => (fields['mobile_number'] === '' ? 429 : undefined) }, [
    refuses('RQ-3/0'),
  ]);
  expect(results[0]).toMatchObject({ verdict: 'error', findings: [] });
});

test('a target that stopped answering breaks no claim', async () => {
  const { results } = await judgeOn({ fault: () => 'hang' }, [accepts('RS-1/a', {})]);
  expect(results[0]).toMatchObject({ verdict: 'error', findings: [] });
  expect(results[0]?.reason).toContain('an ordinary call got no answer either');
});
