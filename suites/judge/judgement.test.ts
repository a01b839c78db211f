import { createServer } from 'node:http';
import { text as bodyOf } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { type Call, type Case, makeCase } from '../cases/case.ts';
import { CUSTOMER, defined, step } from '../cases/data.ts';
import { liveSettings } from '../fixtures/live-settings.ts';
import { listen } from '../fixtures/loopback.ts';
import { createMock } from '../mock/mock.ts';
import { judge } from '../runner/judge-case.ts';
import { openRun } from '../runner/operation.ts';
import { openLiveTarget } from '../targets/live-target.ts';
import type { CaseResult } from './result.ts';

const KEYS = { apiKey: 'server_Key_0001', account: 'server_merchant' };

interface Seen {
  /** Number of earlier requests. */
  readonly count: number;
  readonly body: string;
  readonly fields: Readonly<Record<string, string>>;
}

interface Server {
  /** The server's deviation; undefined for none. */
  readonly fault: (seen: Seen) => 'hang' | 'reset' | number | ((body: Record<string, unknown>) => unknown) | undefined;
  readonly sendDate?: boolean;
  readonly concurrency?: number;
  /** Replaces waiting. */
  readonly pause?: (ms: number) => Promise<void>;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const REFUSAL = '{"status":"error","error_code":"refused","error_message":"refused"}';

const QUICK = { attempts: 2, firstDelayMs: 1, longestDelayMs: 2 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Judges cases one after another on a new server. */
async function judgeOn({ fault, sendDate = true, concurrency = 8, ...own }: Server, cases: readonly Case[]) {
  const contract = await loadContract();
  const mock = createMock(contract.document, KEYS);
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const wrong = fault({ count: bodies.length, body, fields: Object.fromEntries(new URLSearchParams(body)) });
    bodies.push(body);
    if (wrong === 'hang') return;
    if (wrong === 'reset') return void request.socket.resetAndDestroy();
    if (typeof wrong === 'number') return void response.writeHead(wrong, JSON_TYPE).end(REFUSAL);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const answer = await mock.answer({ method: 'POST', path: request.url ?? '', headers, body });
    const text = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body);
    const made = typeof wrong === 'function' ? wrong(JSON.parse(text)) : text;
    const changed = typeof made === 'string' ? made : JSON.stringify(made);
    response.sendDate = sendDate;
    const { date: _, ...others } = answer.headers as Record<string, string>;
    response.writeHead(answer.status, others).end(changed);
  });
  const { url, close } = await listen(server);
  const target = openLiveTarget(liveSettings(url, { ...KEYS, timeoutMs: 400, concurrency }), { retries: QUICK });
  closing.push(() => target.close(), close);
  const run = { ...openRun(contract, target, 'nonce', { off: 'not asked for by this test' }), ...own };
  const results: CaseResult[] = [];
  for (const one of cases) results.push(await judge(one, run));
  return { results, bodies };
}

const accepts = (id: string, changes: Record<string, string | undefined>, call: Partial<Call> = {}) =>
  makeCase(id, 'accepted', [step('the call', 'accepted', defined({ ...CUSTOMER, ...changes }), call)]);
const refuses = (id: string) =>
  makeCase(id, 'refused', [step('the call', 'bad-request', { ...CUSTOMER, mobile_number: '' })]);
const claimsOf = ({ findings }: CaseResult) => findings.map(({ claim }) => claim);

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
  const fault: Server['fault'] = ({ fields }) => (fields['last_name']?.includes('(') ? 'reset' : undefined);
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

test('a key revoked during the run breaks no claim', async () => {
  const server: Server = { fault: ({ count }) => (count > 0 ? 401 : undefined) };
  const { results } = await judgeOn(server, [accepts('RS-1/a', {}), accepts('RS-1/b', {}), refuses('RQ-3/a')]);
  expect(results.map(({ verdict }) => verdict)).toEqual(['pass', 'error', 'not-run']);
  expect(results[1]?.reason).toContain('is now refused: status 401');
});

test('a refusal because of an unrelated field is blamed on that field, by the smallest call that shows it', async () => {
  const fault: Server['fault'] = ({ fields }) => (fields['last_name']?.includes('(') ? 400 : undefined);
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
  const fault: Server['fault'] = ({ body }) => (body.includes('%65') ? 400 : undefined);
  const { results } = await judgeOn({ fault }, [accepts('TK-2/a', {}, { encoding: 'percent' })]);
  expect(results.map(claimsOf)).toEqual([['EP-2']]);
});

test('a reference refused for its form breaks RQ-2', async () => {
  const fault: Server['fault'] = ({ fields }) => (fields['object_reference_id']?.includes('@') ? 400 : undefined);
  const { results } = await judgeOn({ fault }, [accepts('TK-2/a', { object_reference_id: 'a{10}@example.com' })]);
  expect(results.map(claimsOf)).toEqual([['RQ-2']]);
});

test('a value that comes back changed is shown by the smallest call', async () => {
  const fault: Server['fault'] = ({ fields }) =>
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
  const fault: Server['fault'] = () => (body) => JSON.stringify(body).replace('{', '{"id":"cst_first",');
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
  const fault: Server['fault'] = ({ fields }) =>
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
