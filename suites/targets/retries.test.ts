import { afterEach, describe, expect, test } from 'vitest';
import { liveSettings } from '../fixtures/live-settings.ts';
import { type Behaviour, rawAnswer, startRawServer } from '../fixtures/raw-server.ts';
import { openLiveTarget } from './live-target.ts';
import { type Attempt, waitAsked } from './retries.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const REQUEST = { method: 'POST', path: '/', headers: {}, body: 'a=b' };
const RETRIES = { attempts: 4, firstDelayMs: 1, longestDelayMs: 2 };

async function targetThat(behave: Behaviour, concurrency = 4) {
  const server = await startRawServer(behave);
  const settings = liveSettings(server.url, { concurrency, timeoutMs: 10_000 });
  const target = openLiveTarget(settings, { retries: RETRIES, reached: true });
  closing.push(server.close, target.close);
  return { server, target };
}

describe('retries', () => {
  test.each(['408', '429', '502', '503', '504'])('a %s, until another status comes', async (status) => {
    const { server, target } = await targetThat((socket, _, count) =>
      socket.write(rawAnswer(count < 3 ? `${status} No` : '200 OK', {}, 'x')),
    );
    const outcome = await target.send(REQUEST);
    expect(outcome).toMatchObject({ kind: 'answer', status: 200, retried: [`status ${status}`, `status ${status}`] });
    expect(server.requests).toHaveLength(3);
    expect(new Set(server.requests).size).toBe(1);
  });

  test.each(['200', '201', '301', '400', '401', '500', '501', '505'])('not a %s', async (status) => {
    const { server, target } = await targetThat((socket) => socket.write(rawAnswer(`${status} X`, {}, 'x')));
    expect(await target.send(REQUEST)).toMatchObject({ kind: 'answer', status: Number(status), retried: [] });
    expect(server.requests).toHaveLength(1);
  });

  test('a limited number of times', async () => {
    const { server, target } = await targetThat((socket) => socket.write(rawAnswer('503 No', {}, 'x')));
    expect(await target.send(REQUEST)).toMatchObject({
      kind: 'failure',
      reason: 'unavailable',
      message: 'status 503 (the last of 4 attempts)',
      retried: ['status 503', 'status 503', 'status 503'],
    });
    expect(server.requests).toHaveLength(4);
  });
});

describe('Retry-After', () => {
  test.each([
    ['seconds', () => ({ 'retry-after': '1' })],
    [
      "a date, by the server's clock",
      () => ({ date: new Date(0).toUTCString(), 'retry-after': new Date(1_000).toUTCString() }),
    ],
  ])('in %s applies to all requests', async (_, headers) => {
    const arrived: number[] = [];
    const { target } = await targetThat((socket, _request, count) => {
      arrived.push(performance.now());
      socket.write(count === 1 ? rawAnswer('429 Slow', headers(), 'x') : rawAnswer('200 OK', {}, 'x'));
    });
    const first = target.send(REQUEST);
    while (arrived.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all([first, target.send(REQUEST), target.send(REQUEST)]);
    const [refused = 0, ...later] = arrived;
    expect(later).toHaveLength(3);
    // The sender's and the server's timers may be off by a few milliseconds.
    for (const at of later) expect(at - refused).toBeGreaterThan(990);
  });

  test('of more than a minute ends the run', async () => {
    const { server, target } = await targetThat((socket) =>
      socket.write(rawAnswer('503 Later', { 'retry-after': '3600' }, 'x')),
    );
    expect(await target.send(REQUEST)).toMatchObject({
      reason: 'unavailable',
      message: 'status 503 with a Retry-After of 3600 seconds: longer than this run waits',
    });
    const reason = 'the target asks to wait 3600 seconds: longer than this run waits';
    expect(await target.send(REQUEST)).toMatchObject({ reason: 'stopped', message: reason });
    expect(await target.lease({ requests: 1, customers: 1, atOnce: 1 })).toEqual({
      kind: 'refused',
      reason,
      stopped: true,
    });
    expect(server.requests).toHaveLength(1);
  });

  const answer = (headers: Record<string, string>, status = 429): Attempt => {
    return { kind: 'answer', status, headers, body: new Uint8Array(), ms: 0 };
  };
  const DATE = 'Tue, 15 Nov 1994 08:12:31 GMT';
  test.each([
    [{}, undefined],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': ' 7 ' }, 7_000],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': 'Tue, 15 Nov 1994 08:13:01 GMT', date: DATE }, 30_000],
    [{ 'retry-after': 'Tue, 15 Nov 1994 08:12:01 GMT', date: DATE }, 0],
  ])('%j asks to wait %i ms', (headers, ms) => {
    expect(waitAsked(answer(headers as Record<string, string>))).toBe(ms);
    expect(waitAsked(answer(headers as Record<string, string>, 200))).toBeUndefined();
  });
});

test('a failed connection is retried only if the target was reached before', async () => {
  const { server, target } = await targetThat((socket) => socket.write(rawAnswer('200 OK', {}, 'x')));
  await server.close();
  expect(await target.send(REQUEST)).toMatchObject({ reason: 'unavailable', retried: { length: 3 } });
  const fresh = openLiveTarget(liveSettings(server.url), { retries: RETRIES });
  closing.push(fresh.close);
  expect(await fresh.send(REQUEST)).toMatchObject({ reason: 'unreachable', retried: [] });
  closing.splice(closing.indexOf(server.close), 1);
});
