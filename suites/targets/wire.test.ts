import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { liveSettings } from '../fixtures/live-settings.ts';
import { rawAnswer, startRawServer } from '../fixtures/raw-server.ts';
import { openLiveTarget } from './live-target.ts';
import type { HttpOutcome } from './target.ts';

const REQUEST = { method: 'POST', path: '/', headers: {}, body: 'a=b' };

/** The outcomes of requests to a server that sends `answers` in turn. */
async function outcomes(answers: readonly (readonly (string | Buffer)[])[]): Promise<HttpOutcome[]> {
  const server = await startRawServer((socket, _, count) => {
    const pieces = [...(answers[Math.min(count, answers.length) - 1] ?? [])];
    const next = () => {
      const piece = pieces.shift();
      if (piece !== undefined) socket.write(piece, () => setImmediate(next));
    };
    next();
  });
  const retries = { attempts: 3, firstDelayMs: 1, longestDelayMs: 1 };
  const target = openLiveTarget(liveSettings(server.url, { concurrency: 1 }), { retries });
  onTestFinished(async () => {
    await target.close();
    await server.close();
  });
  const came: HttpOutcome[] = [];
  for (let index = 0; index < answers.length; index++) came.push(await target.send(REQUEST));
  return came;
}

const textOf = (outcome: HttpOutcome | undefined) =>
  outcome?.kind === 'answer' ? Buffer.from(outcome.body).toString() : outcome?.message;

test.for([
  ['gzip', gzipSync('body')],
  ['X-GZIP', gzipSync('body')],
  ['deflate', deflateSync('body')],
  ['deflate', deflateRawSync('body')],
  ['br', brotliCompressSync('body')],
  ['gzip, br', brotliCompressSync(gzipSync('body'))],
  ['identity , deflate,gzip', gzipSync(deflateSync('body'))],
] as const)('decodes %s', async ([coding, bytes]) => {
  expect(textOf((await outcomes([[rawAnswer('200 OK', { 'content-encoding': coding }, bytes)]]))[0])).toBe('body');
});

test.for(['constructor', '__proto__', 'zstd', 'gzip, toString'])('rejects the unknown coding %s', async (coding) => {
  const [outcome] = await outcomes([[rawAnswer('200 OK', { 'content-encoding': coding }, 'body')]]);
  const name = coding.split(', ').at(-1);
  expect(textOf(outcome)).toBe(`the body has the content coding "${name?.toLowerCase()}", which was not requested`);
});

test.for([
  ['100 Continue', ['HTTP/1.1 100 Continue\r\n\r\n']],
  ['100 Continue with a header, in pieces', ['HTTP/1.', '1 100 Continue\r\nx: y\r', '\n\r\n']],
  ['two of them', ['HTTP/1.1 100 \r\n\r\nHTTP/1.1 100 Continue\r\n\r\n']],
  ['102 Processing', ['HTTP/1.1 102 Processing\r\n\r\n']],
  ['103 Early Hints', ['HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n']],
] as const)('ignores %s before an answer', async ([, early]) => {
  const answer = rawAnswer('200 OK', {}, 'HTTP/1.1 100 is a body');
  const came = await outcomes([[...early, answer], [...early, answer.subarray(0, 12), answer.subarray(12)], [answer]]);
  expect(came.map(textOf)).toEqual(Array(3).fill('HTTP/1.1 100 is a body'));
  expect(came.flatMap(({ retried }) => retried)).toEqual([]);
});

test('credentials of two lines are sent as two headers', async () => {
  let sent = '';
  const server = await startRawServer((socket, request) => {
    sent = String(request);
    socket.write(rawAnswer('401 Unauthorized', {}, '{}'));
  });
  const target = openLiveTarget(liveSettings(server.url, { concurrency: 1 }));
  onTestFinished(async () => {
    await target.close();
    await server.close();
  });
  await target.send({ ...REQUEST, headers: { authorization: 'Basic b25l\nBasic dHdv' } });
  expect(sent.match(/^authorization: .*$/gim)).toEqual(['authorization: Basic b25l', 'authorization: Basic dHdv']);
});
