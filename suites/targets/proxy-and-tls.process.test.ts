import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { builtCommand } from '../fixtures/built-command.ts';
import { type Listening, listen } from '../fixtures/loopback.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { rawAnswer, startRawServer } from '../fixtures/raw-server.ts';
import { type ReferenceServerOptions, startReferenceServer } from '../fixtures/reference-server.ts';
import { liveVariables, type SpawnedRun, startRun } from '../fixtures/spawned-run.ts';
import { type ConnectProxy, makeCa, type PrivateCa, startProxy, startTlsFront } from '../fixtures/tls-front.ts';
import { openClient } from './client.ts';

/** Arguments to run the cases that match a text. */
const cases = (text: string) => ({ node: [builtCommand(), 'run', '-t', text] });
const FEW = cases('RQ-2/|AU-2/');

let ca: PrivateCa;
let trusted: Record<string, string>;
beforeAll(async () => {
  ca = await makeCa();
  const file = join(newFolder(), 'ca.pem');
  writeFileSync(file, ca.cert);
  trusted = { NODE_EXTRA_CA_CERTS: file };
});

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

type Reference = Awaited<ReturnType<typeof startReferenceServer>>;

/** A reference server behind TLS, with a name that only its proxy can resolve. */
async function behindProxy(
  name: string,
  options: ReferenceServerOptions = {},
): Promise<{ server: Reference; proxy: ConnectProxy; port: number }> {
  const server = await startReferenceServer(options);
  const front = await startTlsFront(ca, name, Number(new URL(server.url).port));
  const proxy = await startProxy(front.port);
  closing.push(proxy.close, front.close, server.close);
  return { server, proxy, port: front.port };
}

async function ended(run: SpawnedRun): Promise<{ code: number | null; stderr: string }> {
  const code = await run.ended();
  return { code, stderr: run.output().stderr.toString() };
}

test('HTTPS_PROXY and NODE_EXTRA_CA_CERTS: a run through a proxy to a server with a private certificate', async () => {
  const { server, proxy } = await behindProxy('sandbox.example.test');
  const through = { ...trusted, HTTPS_PROXY: `http://ada:pr%6Fxy-pass@127.0.0.1:${proxy.port}` };
  const run = startRun(liveVariables('https://sandbox.example.test', through), FEW);
  expect(await ended(run)).toEqual({ code: 0, stderr: '' });
  expect(new Set(proxy.connects)).toEqual(new Set(['sandbox.example.test:443']));
  expect(new Set(proxy.credentials)).toEqual(new Set([`Basic ${Buffer.from('ada:proxy-pass').toString('base64')}`]));
  expect(proxy.plain).toEqual([]);
  expect(server.requests).toBeGreaterThan(2);
});

test('NO_PROXY bypasses the proxy, so that a name that only the proxy resolves is not found', async () => {
  const { proxy } = await behindProxy('sandbox.example.test');
  const variables = { ...trusted, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '.example.test' };
  const { code, stderr } = await ended(startRun(liveVariables('https://sandbox.example.test', variables), FEW));
  expect(code).toBe(2);
  expect(stderr).toMatch(/ENOTFOUND|EAI_AGAIN/);
  expect(proxy.connects).toEqual([]);
});

test('a loopback target never goes through a proxy', async () => {
  const { server, proxy } = await behindProxy('sandbox.example.test');
  const variables = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  expect(await ended(startRun(liveVariables(server.url, variables), FEW))).toEqual({ code: 0, stderr: '' });
  expect([...proxy.connects, ...proxy.plain]).toEqual([]);
});

/** The outcome of one call, in this process. */
async function said(baseUrl: string, timeoutMs = 5000): Promise<string> {
  const client = openClient({ baseUrl, timeoutMs, concurrency: 1, maxAnswerBytes: 1_000_000 });
  const asked = await client.ask({ method: 'POST', path: '/v2/customers', headers: {}, body: '' });
  await client.close();
  return asked.kind === 'failure' ? `${asked.reason}: ${asked.message}` : `status ${asked.status}`;
}

const silent = () => createServer((socket) => socket.on('error', () => {}));
const talker = () => createServer((socket) => socket.on('error', () => {}).end('220 mail.example.test ESMTP\r\n'));

test.each<[string, () => Promise<Listening>, string]>([
  [
    'requires credentials',
    () => startProxy(9, 407),
    'unreachable: PROXY requires credentials (407); add them to its URL: http://user:password@proxy:port',
  ],
  [
    'refuses',
    () => startProxy(9, 403),
    'unreachable: PROXY refused the connection (403); check that it allows the host, or add the host to NO_PROXY',
  ],
  [
    'does not answer',
    () => listen(silent()),
    'timeout: no complete answer within 100 ms, through PROXY: the cause may be the proxy',
  ],
  [
    'is another server',
    () => listen(talker()),
    'broken: Response does not match the HTTP/1.1 protocol (Expected HTTP/, RTSP/ or ICE/); check JUSPAY_BASE_URL, its port, and http or https, through PROXY: the cause may be the proxy',
  ],
  [
    'is not running',
    closed,
    'unreachable: ECONNREFUSED: nothing listens there, where PROXY should be; check HTTPS_PROXY',
  ],
])('a proxy that %s is named with its variable, but not its password', async (_, start, message) => {
  const proxy = await start();
  closing.push(proxy.close);
  vi.stubEnv('https_proxy', '').stubEnv('HTTPS_PROXY', `http://ada:pw@127.0.0.1:${proxy.port}`);
  // Short only where it is waited for: a busy machine needs its time for the others.
  const timeoutMs = message.startsWith('timeout') ? 100 : 5000;
  const text = await said('https://sandbox.example.test', timeoutMs).finally(() => vi.unstubAllEnvs());
  expect(text).toBe(message.replace('PROXY', `the proxy of HTTPS_PROXY (127.0.0.1:${proxy.port})`));
});

test('100 Continue before an answer is ignored through a proxy too', async () => {
  const server = await startRawServer((socket) =>
    socket.write(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 \r\n\r\n${rawAnswer('200 OK', {}, 'body')}`),
  );
  const front = await startTlsFront(ca, 'sandbox.example.test', Number(new URL(server.url).port));
  const proxy = await startProxy(front.port);
  closing.push(proxy.close, front.close, server.close);
  vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`).stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  expect(await said('https://sandbox.example.test').finally(() => vi.unstubAllEnvs())).toBe('status 200');
});

async function closed(): Promise<Listening> {
  const front = await listen(silent());
  await front.close();
  return front;
}

test.each<[TlsOptions, string]>([
  [
    { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    "PROTOCOL_VERSION: the server's TLS is too old for Node.js; it needs TLS 1.2 or 1.3 with keys of a current size",
  ],
  [
    { ALPNProtocols: ['h2'] },
    'NO_APPLICATION_PROTOCOL: the server does not offer HTTP/1.1 (by ALPN), the only protocol of this suite',
  ],
  [
    { maxVersion: 'TLSv1.2', ciphers: 'AES256-SHA' },
    "HANDSHAKE_FAILURE: the server accepts none of Node.js's ciphers, or requires a client certificate, which this suite cannot present",
  ],
  [
    { maxVersion: 'TLSv1.2', requestCert: true },
    "HANDSHAKE_FAILURE: the server accepts none of Node.js's ciphers, or requires a client certificate, which this suite cannot present",
  ],
  [
    { minVersion: 'TLSv1.3', requestCert: true },
    'the connection broke (UND_ERR_SOCKET) before any answer: a firewall, the wrong protocol (http or https), or a server that requires a client certificate, which this suite cannot present',
  ],
])('explains an incompatible TLS server: %j', async (options, message) => {
  const front = await startTlsFront(ca, 'localhost', 9, options);
  closing.push(front.close);
  // This test ignores the certificate.
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  expect(await said(`https://localhost:${front.port}`).finally(() => vi.unstubAllEnvs())).toContain(message);
});

test('http to a TLS server, and a server that is not HTTP', async () => {
  const front = await startTlsFront(ca, 'localhost', 9);
  const other = await listen(talker());
  closing.push(front.close, other.close);
  expect(await said(`http://localhost:${front.port}`)).toContain('the wrong protocol (http or https)');
  expect(await said(`http://localhost:${other.port}`)).toContain('check JUSPAY_BASE_URL, its port, and http or https');
});

test('a certificate that is not trusted, is for another name, or has expired; a port without TLS', async () => {
  const { server, port } = await behindProxy('localhost');
  const other = await startTlsFront(ca, 'other.example.test', Number(new URL(server.url).port));
  const old = await startTlsFront(ca, 'localhost', Number(new URL(server.url).port), { expired: true });
  closing.push(other.close, old.close);
  const ran = async (url: string, more: Record<string, string>) => {
    const { code, stderr } = await ended(startRun(liveVariables(url, more), FEW));
    return `${code}: ${stderr.replace(/^.*?ordinary request: /, '').trim()}`;
  };
  const [wrongName, expired] = await Promise.all(
    [other, old].map((front) => ran(`https://localhost:${front.port}`, trusted)),
  );
  expect(await said(`https://localhost:${port}`)).toMatch(
    /^unreachable: (?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT_LOCALLY): the server's certificate is not trusted; for a private CA set NODE_EXTRA_CA_CERTS$/,
  );
  expect(wrongName).toBe(
    "2: ERR_TLS_CERT_ALTNAME_INVALID: the server's certificate is for another host name; check JUSPAY_BASE_URL",
  );
  expect(expired).toBe(
    "2: CERT_HAS_EXPIRED: the server's certificate has expired; check the server, or this machine's clock",
  );
  expect(await said(server.url.replace('http:', 'https:'))).toMatch(
    /^unreachable: (?:ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|EPROTO): .*check the port and the https of JUSPAY_BASE_URL$/,
  );
});

// At the same time, because both wait for the limit of two requests per second.
test.concurrent('a production host: nothing is sent without its name in the settings, and little with it', async () => {
  const { server, proxy } = await behindProxy('api.juspay.in');
  const through = { ...trusted, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  const refused = await ended(
    startRun(liveVariables('https://api.juspay.in', { ...through, JUSPAY_ALLOW_PRODUCTION: '1' }), FEW),
  );
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('JUSPAY_BASE_URL names a production host, api.juspay.in');
  expect([proxy.connects.length, server.requests]).toEqual([0, 0]);

  // Some refused calls at two requests per second; cases that would create customers are left out automatically.
  const allowed = { ...through, JUSPAY_ALLOW_PRODUCTION: 'api.juspay.in' };
  const run = startRun(liveVariables('https://api.juspay.in', allowed), cases('AU-2/|GC-|TK-1/|RS-1/'));
  const { code, stderr } = await ended(run);
  expect(code).toBe(0);
  expect(stderr).toContain('PRODUCTION: its customers are real people');
  // One from the preflight and one from the only case that is not refused.
  expect(server.customers).toBe(2);
  const ran = run.report().cases.filter(({ verdict }) => verdict !== 'not-run');
  expect(ran.map(({ id }) => id)).toEqual(['RS-1/only-mandatory-fields', 'AU-2/no-credentials-unknown-customer']);
});

test.concurrent('a production host that accepts what it must refuse gets no more requests', async () => {
  const { server, proxy } = await behindProxy('api.juspay.in', { fault: 'at-sign-in-first-name-accepted' });
  const allowed = {
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    JUSPAY_ALLOW_PRODUCTION: 'api.juspay.in',
    ...trusted,
  };
  const run = startRun(liveVariables('https://api.juspay.in', allowed), cases('RQ-10/|RS-1/only'));
  expect(await run.ended()).toBe(1);
  expect(server.customers).toBeLessThanOrEqual(3);
  expect(run.report()).toMatchObject({ verdict: 'does-not-conform', complete: false });
  expect(run.report().cases.some(({ reason }) => reason === 'JUSPAY_MAX_NEW_CUSTOMERS (3) leaves no room for it')).toBe(
    true,
  );
});
