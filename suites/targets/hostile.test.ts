import { createServer } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { liveSettings } from '../fixtures/live-settings.ts';
import { listen } from '../fixtures/loopback.ts';
import { type Behaviour, rawAnswer, startRawServer } from '../fixtures/raw-server.ts';
import type { CaseResult } from '../judge/result.ts';
import { judge } from '../runner/judge-case.ts';
import { openRun } from '../runner/operation.ts';
import { openLiveTarget } from './live-target.ts';
import type { HttpOutcome } from './target.ts';

const RETRIES = { attempts: 2, firstDelayMs: 1, longestDelayMs: 2 };
const JSON_TYPE = { 'content-type': 'application/json' };
const MEBIBYTE = 1_048_576;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Sends one request to a server with this behaviour. */
async function ask(behave: Behaviour, timeoutMs = 1_000): Promise<{ outcome: HttpOutcome; requests: number }> {
  const server = await startRawServer(behave);
  const target = openLiveTarget(liveSettings(server.url, { timeoutMs }), { retries: RETRIES, reached: true });
  closing.push(server.close, target.close);
  const outcome = await target.send({ method: 'POST', path: '/v2/customers', headers: {}, body: 'a=b' });
  return { outcome, requests: server.requests.length };
}

/** Judges one case on a server with this behaviour. */
async function verdict(id: string, behave: Behaviour): Promise<CaseResult> {
  const server = await startRawServer(behave);
  const target = openLiveTarget(liveSettings(server.url, { timeoutMs: 2_000 }), { retries: RETRIES });
  closing.push(server.close, target.close);
  const testCase = allCases.find((one) => one.id === id);
  if (testCase === undefined) throw new Error(`no case ${id}`);
  return judge(testCase, openRun(await loadContract(), target, 'nonce'));
}

/** Sends these bytes, and leaves the connection open, or closes it. */
const sends =
  (answer: string | Buffer): Behaviour =>
  (socket) =>
    socket.write(answer);
const closesAfter =
  (answer: string | Buffer): Behaviour =>
  (socket) =>
    socket.end(answer);
/** Sends a start, and then a piece again and again. */
const goesOn =
  (start: string, piece: string, pauseMs: number): Behaviour =>
  (socket) => {
    socket.write(start);
    const timer = setInterval(() => socket.write(piece), pauseMs);
    socket.on('close', () => clearInterval(timer));
  };
const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
const coded = (coding: string, body: string | Buffer) =>
  sends(rawAnswer('200 OK', { ...JSON_TYPE, 'content-encoding': coding }, body));
const half = (headers: Record<string, string>, body = '{"id"') =>
  rawAnswer('200 OK', { ...JSON_TYPE, ...headers }, body);
const flood = Array.from({ length: 5_000 }, (_, index) => `x-${index}: ${'y'.repeat(50)}\r\n`).join('');

describe('no answer', () => {
  test.each<[string, Behaviour]>([
    ['silence', () => {}],
    ['a slow, endless head', goesOn('HTTP/1.1 200 OK\r\n', 'x-more: y\r\n', 20)],
    ['a slow, endless body', goesOn(CHUNKED, '1\r\n \r\n', 20)],
    ['half a body on an open connection', sends(half({ 'content-length': '100' }))],
    ['endless 103s', goesOn('', 'HTTP/1.1 103 Early Hints\r\n\r\n', 5)],
  ])('%s: a timeout, not retried', async (_, behave) => {
    const { outcome, requests } = await ask(behave, 300);
    expect(outcome).toMatchObject({ kind: 'failure', reason: 'timeout', message: 'no complete answer within 300 ms' });
    expect(requests).toBe(1);
  });

  test.each<[string, Behaviour]>([
    ['a reset', (socket) => socket.resetAndDestroy()],
    ['a closed connection', (socket) => socket.end()],
    ['a body cut off by a closed connection', closesAfter(half({ 'content-length': '100' }))],
    ['chunks cut off by a closed connection', closesAfter(half({ 'transfer-encoding': 'chunked' }, '5\r\n{"id"\r\n'))],
  ])('%s: retried a limited number of times', async (_, behave) => {
    const { outcome, requests } = await ask(behave);
    expect(outcome).toMatchObject({ kind: 'failure', reason: 'unavailable' });
    expect(outcome.retried).toHaveLength(1);
    expect(requests).toBe(2);
  });

  test.each<[string, () => Behaviour]>([
    ['no HTTP', () => closesAfter('SSH-2.0-OpenSSH_9.6\r\n')],
    ['a status that is not a number', () => closesAfter('HTTP/1.1 abc OK\r\n\r\n')],
    ['two content-lengths', () => sends('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}')],
    ['a content-length and chunks', () => sends(CHUNKED.replace('\r\n', '\r\ncontent-length: 2\r\n'))],
    ['a chunk whose size is not a number', () => sends(`${CHUNKED}zz\r\n{}`)],
    ['a flood of headers', () => sends(`HTTP/1.1 200 OK\r\n${flood}\r\n{}`)],
    ['a fast, endless body', () => goesOn(CHUNKED, `10000\r\n${' '.repeat(65_536)}\r\n`, 1)],
    [
      'a content-length of a gigabyte',
      () => goesOn('HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n', ' '.repeat(65_536), 1),
    ],
    ['a gzip bomb', () => coded('gzip', gzipSync(Buffer.alloc(256 * MEBIBYTE), { level: 1 }))],
    [
      'a brotli bomb',
      () =>
        coded(
          'br',
          brotliCompressSync(Buffer.alloc(64 * MEBIBYTE), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
        ),
    ],
    ['invalid gzip', () => coded('gzip', '{"id":"x"}')],
    ['an unsupported content coding', () => coded('zstd', 'x')],
  ])('%s: broken, and not retried', async (_, behaviour) => {
    const behave = behaviour();
    const before = process.memoryUsage().rss;
    const { outcome, requests } = await ask(behave, 20_000);
    expect(outcome).toMatchObject({ kind: 'failure', reason: 'broken' });
    expect(outcome).not.toMatchObject({ message: expect.stringContaining('no complete answer') });
    expect(requests).toBe(1);
    // 256 MiB of a bomb, or an endless body, would show here.
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * MEBIBYTE);
  });
});

const CUSTOMER_START =
  '"object":"customer","date_created":"2024-01-01T00:00:00Z","last_updated":"2024-01-01T00:00:00Z"';

/** Judges a case on a server that answers with what was sent plus some JSON. */
function judged(more: string, id = 'RS-1/sample-request'): Promise<CaseResult> {
  return verdict(id, (socket, request) => {
    const sent = new URLSearchParams(request.slice(request.indexOf('\r\n\r\n') + 4));
    const fields = [...sent].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
    const body = `{${[CUSTOMER_START, ...fields, more].join(',')}}`;
    socket.write(rawAnswer('200 OK', { ...JSON_TYPE, date: new Date().toUTCString() }, body));
  });
}

describe('an answer that is judged', () => {
  test('an ordinary answer passes (control)', async () => {
    expect(await judged('"id":"cst_1"')).toMatchObject({ verdict: 'pass' });
  });

  test('JSON nested a hundred thousand deep does not break the judge', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const objects = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    expect(await judged(`"id":"cst_1","more":${deep}`)).toMatchObject({ verdict: 'pass' });
    expect(await judged(`"id":${deep}`)).toMatchObject({ verdict: 'fail', findings: [{ claim: 'RS-2' }] });
    expect(await judged(`"id":"cst_1","juspay":${objects}`, 'TK-2/absent')).toMatchObject({ verdict: 'pass' });
  });

  test('the last of two equal keys counts, as with JSON.parse', async () => {
    expect((await judged('"id":"cst_1","object":"other"')).findings).toMatchObject([{ claim: 'RS-3' }]);
  });

  test.each(['__proto__', 'constructor', 'toString'])('a key %s has no effect', async (key) => {
    const result = await judged(`"id":"cst_1","${key}":{"client_auth_token":"tkn_1","id":5}`);
    expect(result.findings).toMatchObject([{ claim: 'TK-2' }]);
    expect(({} as Record<string, unknown>)['client_auth_token']).toBeUndefined();
    const missing = await judged(`"${key}":{"id":"cst_1"}`);
    expect(missing.findings).toMatchObject([{ claim: 'RS-2', actual: 'no property "id"' }]);
  });

  test('headers named __proto__ stay headers', async () => {
    const headers = '__proto__: a\r\n__proto__: b\r\nconstructor: c\r\ncontent-length: 0';
    const { outcome } = await ask(sends(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\n`));
    expect(outcome).toMatchObject({ kind: 'answer', status: 200 });
    expect(outcome.kind === 'answer' && Object.entries(outcome.headers)).toEqual(
      expect.arrayContaining([
        ['__proto__', 'a, b'],
        ['constructor', 'c'],
      ]),
    );
  });

  test('a body up to the limit is read, but not one byte more', async () => {
    const answer = (length: number) => sends(rawAnswer('200 OK', {}, Buffer.alloc(length, 32)));
    expect((await ask(answer(MEBIBYTE), 10_000)).outcome).toMatchObject({ kind: 'answer', status: 200 });
    expect((await ask(answer(MEBIBYTE + 1), 10_000)).outcome).toMatchObject({
      kind: 'failure',
      message: 'the body is longer than 1048576 bytes (JUSPAY_MAX_ANSWER_BYTES)',
    });
  });

  test('bytes beyond the content-length are not the next answer', async () => {
    const server = await startRawServer((socket, _, count) =>
      socket.write(
        count === 1
          ? Buffer.concat([rawAnswer('200 OK', {}, 'first'), rawAnswer('200 OK', {}, 'forged')])
          : rawAnswer('200 OK', {}, `answer ${count}`),
      ),
    );
    const target = openLiveTarget(liveSettings(server.url, { concurrency: 1 }), { retries: RETRIES, reached: true });
    closing.push(server.close, target.close);
    const request = { method: 'POST', path: '/', headers: {}, body: 'a=b' };
    await target.send(request);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const second = await target.send(request);
    expect(second.kind === 'answer' && Buffer.from(second.body).toString()).toBe('answer 2');
  });

  test.each(['301', '302', '303', '307', '308'])(
    'a redirect (%s) is an answer, and is not followed',
    async (status) => {
      const elsewhere: string[] = [];
      const other = createServer((request, response) => {
        elsewhere.push(String(request.headers.authorization));
        response.end('{}');
      });
      const { url, close } = await listen(other);
      closing.push(close);
      const location = `${url}/v2/customers`;
      const result = await verdict('RS-1/sample-request', sends(rawAnswer(`${status} Elsewhere`, { location })));
      expect(result).toMatchObject({ verdict: 'fail', findings: [{ claim: 'RS-1', expected: 'status 200' }] });
      expect(elsewhere).toEqual([]);
    },
  );
});
