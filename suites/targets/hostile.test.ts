import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { liveSettings } from '../fixtures/live-settings.ts';
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
  const target = openLiveTarget(liveSettings(server.url, { timeoutMs }), { retries: RETRIES, spent: NOTHING });
  closing.push(server.close, target.close);
  const outcome = await target.send({ method: 'POST', path: '/v2/customers', headers: {}, body: 'a=b' });
  return { outcome, requests: server.requests.length };
}

const NOTHING = { requests: 0, customers: 0 };

/** Judges one case on a server with this behaviour. */
async function verdict(id: string, behave: Behaviour): Promise<CaseResult> {
  const server = await startRawServer(behave);
  const target = openLiveTarget(liveSettings(server.url, { timeoutMs: 2_000 }), { retries: RETRIES });
  closing.push(server.close, target.close);
  const testCase = allCases.find((one) => one.id === id);
  if (testCase === undefined) throw new Error(`no case ${id}`);
  return judge(testCase, openRun(await loadContract(), target, 'nonce'));
}

/** Writes a piece repeatedly until the connection closes. */
function writeForever(socket: Socket, piece: string, pauseMs: number): void {
  const timer = setInterval(() => socket.write(piece), pauseMs);
  socket.on('close', () => clearInterval(timer));
}

describe('no answer', () => {
  test.each<[string, Behaviour]>([
    ['silence', () => {}],
    [
      'a slow, endless head',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        writeForever(socket, 'x-more: y\r\n', 20);
      },
    ],
    [
      'a slow, endless body',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
        writeForever(socket, '1\r\n \r\n', 20);
      },
    ],
    [
      'half a body on an open connection',
      (socket) => {
        socket.write(rawAnswer('200 OK', { ...JSON_TYPE, 'content-length': '100' }, '{"id"'));
      },
    ],
    ['endless 103s', (socket) => writeForever(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n', 5)],
  ])('%s: a timeout, not retried', async (_, behave) => {
    const { outcome, requests } = await ask(behave, 300);
    expect(outcome).toMatchObject({ kind: 'failure', reason: 'timeout', message: 'no complete answer within 300 ms' });
    expect(requests).toBe(1);
  });

  test.each<[string, Behaviour]>([
    ['a reset', (socket) => socket.resetAndDestroy()],
    ['a closed connection', (socket) => socket.end()],
    [
      'a body cut off by a closed connection',
      (socket) => {
        socket.end(rawAnswer('200 OK', { ...JSON_TYPE, 'content-length': '100' }, '{"id"'));
      },
    ],
    [
      'a chunked body cut off by a closed connection',
      (socket) => {
        socket.end(rawAnswer('200 OK', { ...JSON_TYPE, 'transfer-encoding': 'chunked' }, '5\r\n{"id"\r\n'));
      },
    ],
  ])('%s: retried a limited number of times', async (_, behave) => {
    const { outcome, requests } = await ask(behave);
    expect(outcome).toMatchObject({ kind: 'failure', reason: 'unavailable' });
    expect(outcome.retried).toHaveLength(1);
    expect(requests).toBe(2);
  });

  test.each<[string, Behaviour]>([
    ['no HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')],
    ['a status that is not a number', (socket) => socket.end('HTTP/1.1 abc OK\r\n\r\n')],
    [
      'two different content-lengths',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}');
      },
    ],
    [
      'a content-length and chunks',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}');
      },
    ],
    [
      'a chunk whose size is not a number',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}');
      },
    ],
    [
      'a flood of headers',
      (socket) => {
        const flood = Array.from({ length: 5_000 }, (_, index) => `x-${index}: ${'y'.repeat(50)}\r\n`).join('');
        socket.write(`HTTP/1.1 200 OK\r\n${flood}\r\n{}`);
      },
    ],
    [
      'a fast, endless body',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
        writeForever(socket, `10000\r\n${' '.repeat(65_536)}\r\n`, 1);
      },
    ],
    [
      'a content-length of a gigabyte',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n');
        writeForever(socket, ' '.repeat(65_536), 1);
      },
    ],
    [
      'a gzip bomb',
      (socket) => {
        const bomb = gzipSync(Buffer.alloc(256 * MEBIBYTE), { level: 1 });
        socket.write(rawAnswer('200 OK', { ...JSON_TYPE, 'content-encoding': 'gzip' }, bomb));
      },
    ],
    [
      'a brotli bomb',
      (socket) => {
        const params = { [constants.BROTLI_PARAM_QUALITY]: 1 };
        const bomb = brotliCompressSync(Buffer.alloc(64 * MEBIBYTE), { params });
        socket.write(rawAnswer('200 OK', { ...JSON_TYPE, 'content-encoding': 'br' }, bomb));
      },
    ],
    [
      'invalid gzip',
      (socket) => {
        socket.write(rawAnswer('200 OK', { ...JSON_TYPE, 'content-encoding': 'gzip' }, '{"id":"x"}'));
      },
    ],
    [
      'an unsupported content coding',
      (socket) => {
        socket.write(rawAnswer('200 OK', { ...JSON_TYPE, 'content-encoding': 'zstd' }, 'x'));
      },
    ],
  ])('%s: broken, and not retried', async (_, behave) => {
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

/** Answers with what was sent plus some JSON. */
function echoWith(more: (sent: URLSearchParams) => string): Behaviour {
  return (socket, request) => {
    const sent = new URLSearchParams(request.slice(request.indexOf('\r\n\r\n') + 4));
    const fields = [...sent].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
    const body = `{${[CUSTOMER_START, ...fields, more(sent)].join(',')}}`;
    socket.write(rawAnswer('200 OK', { ...JSON_TYPE, date: new Date().toUTCString() }, body));
  };
}

describe('an answer that is judged', () => {
  const CASE = 'RS-1/sample-request';

  test('an ordinary answer passes (control)', async () => {
    expect(
      await verdict(
        CASE,
        echoWith(() => '"id":"cst_1"'),
      ),
    ).toMatchObject({ verdict: 'pass' });
  });

  test('JSON nested a hundred thousand deep does not break the judge', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(
      await verdict(
        CASE,
        echoWith(() => `"id":"cst_1","more":${deep}`),
      ),
    ).toMatchObject({ verdict: 'pass' });
    const result = await verdict(
      CASE,
      echoWith(() => `"id":${deep}`),
    );
    expect(result).toMatchObject({ verdict: 'fail', findings: [{ claim: 'RS-2' }] });
    const objects = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    expect(
      await verdict(
        'TK-2/absent',
        echoWith(() => `"id":"cst_1","juspay":${objects}`),
      ),
    ).toMatchObject({
      verdict: 'pass',
    });
  });

  test('the last of two equal keys counts, as with JSON.parse', async () => {
    const result = await verdict(
      CASE,
      echoWith(() => '"id":"cst_1","object":"other"'),
    );
    expect(result.findings).toMatchObject([{ claim: 'RS-3' }]);
  });

  test.each(['__proto__', 'constructor', 'toString'])('a key %s has no effect', async (key) => {
    const result = await verdict(
      CASE,
      echoWith(() => `"id":"cst_1","${key}":{"client_auth_token":"tkn_1","id":5}`),
    );
    expect(result.findings).toMatchObject([{ claim: 'TK-2' }]);
    expect(({} as Record<string, unknown>)['client_auth_token']).toBeUndefined();
    const missing = await verdict(
      CASE,
      echoWith(() => `"${key}":{"id":"cst_1"}`),
    );
    expect(missing.findings).toMatchObject([{ claim: 'RS-2', actual: 'no property "id"' }]);
  });

  test('headers named __proto__ stay headers', async () => {
    const { outcome } = await ask((socket) =>
      socket.write('HTTP/1.1 200 OK\r\n__proto__: a\r\n__proto__: b\r\nconstructor: c\r\ncontent-length: 0\r\n\r\n'),
    );
    expect(outcome).toMatchObject({ kind: 'answer', status: 200 });
    expect(outcome.kind === 'answer' && Object.entries(outcome.headers)).toEqual(
      expect.arrayContaining([
        ['__proto__', 'a, b'],
        ['constructor', 'c'],
      ]),
    );
  });

  test('a body up to the limit is read, but not one byte more', async () => {
    const answer =
      (length: number): Behaviour =>
      (socket) =>
        socket.write(rawAnswer('200 OK', {}, Buffer.alloc(length, 32)));
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
    const target = openLiveTarget(liveSettings(server.url, { concurrency: 1 }), { retries: RETRIES, spent: NOTHING });
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
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      closing.push(async () => void other.close());
      const address = other.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const result = await verdict('RS-1/sample-request', (socket) =>
        socket.write(rawAnswer(`${status} Elsewhere`, { location: `http://127.0.0.1:${port}/v2/customers` })),
      );
      expect(result).toMatchObject({ verdict: 'fail', findings: [{ claim: 'RS-1', expected: 'status 200' }] });
      expect(elsewhere).toEqual([]);
    },
  );
});
