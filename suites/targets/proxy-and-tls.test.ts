import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type ReferenceServerOptions, startReferenceServer } from '../fixtures/reference-server.ts';
import { liveVariables, newFolder, removeFolders, type SpawnedRun, startRun } from '../fixtures/spawned-run.ts';
import { type ConnectProxy, makeCa, type PrivateCa, startProxy, startTlsFront } from '../fixtures/tls-front.ts';
import { openClient } from './client.ts';

const FEW = { args: ['--mode=conformance', '-t', 'RQ-2/|AU-2/'] };

let ca: PrivateCa;
let trusted: Record<string, string>;
beforeAll(async () => {
  ca = await makeCa();
  const file = join(newFolder(), 'ca.pem');
  writeFileSync(file, ca.cert);
  trusted = { NODE_EXTRA_CA_CERTS: file };
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(removeFolders);

type Reference = Awaited<ReturnType<typeof startReferenceServer>>;

/** A reference server behind TLS, under a name that only its proxy knows. */
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

test('a proxy that takes the connection and says nothing is a timeout like any other', async () => {
  const silent = createServer((socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  closing.push(async () => void silent.close());
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
  const client = openClient({ baseUrl: 'https://sandbox.example.test', timeoutMs: 50, concurrency: 1 });
  const asked = await client.ask({ method: 'POST', path: '/v2/customers', headers: {}, body: '' });
  vi.unstubAllEnvs();
  await client.close();
  expect(asked).toMatchObject({ kind: 'failure', reason: 'timeout', message: 'no whole answer within 50 ms' });
});

test('NO_PROXY: the proxy is not asked, so that a name that only it knows is not found', async () => {
  const { proxy } = await behindProxy('sandbox.example.test');
  const variables = { ...trusted, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '.example.test' };
  const { code, stderr } = await ended(startRun(liveVariables('https://sandbox.example.test', variables), FEW));
  expect(code).toBe(2);
  expect(stderr).toMatch(/ENOTFOUND|EAI_AGAIN/);
  expect(proxy.connects).toEqual([]);
});

test('a loopback target is never asked through a proxy', async () => {
  const { server, proxy } = await behindProxy('sandbox.example.test');
  const variables = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  expect(await ended(startRun(liveVariables(server.url, variables), FEW))).toEqual({ code: 0, stderr: '' });
  expect([...proxy.connects, ...proxy.plain]).toEqual([]);
});

test.each([
  [407, 'the proxy wants credentials (407); put them into HTTPS_PROXY: http://user:password@proxy:port'],
  [403, 'the proxy did not connect us (403); check HTTPS_PROXY, or add the host to NO_PROXY'],
])('a proxy that answers %i is said', async (status, message) => {
  const proxy = await startProxy(9, status);
  closing.push(proxy.close);
  const variables = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  const { code, stderr } = await ended(startRun(liveVariables('https://sandbox.example.test', variables), FEW));
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `could not judge: sandbox.example.test gave no answer to the first, ordinary request: ${message}\n`,
  });
});

test('a certificate that is not trusted, is for another name, or has expired; a port without TLS', async () => {
  const { server, port } = await behindProxy('localhost');
  const other = await startTlsFront(ca, 'other.example.test', Number(new URL(server.url).port));
  const old = await startTlsFront(ca, 'localhost', Number(new URL(server.url).port), true);
  closing.push(other.close, old.close);
  const said = async (url: string, more: Record<string, string>) => {
    const { code, stderr } = await ended(startRun(liveVariables(url, more), FEW));
    return `${code}: ${stderr.replace(/^.*?ordinary request: /, '').trim()}`;
  };
  expect(await said(`https://localhost:${port}`, {})).toMatch(
    /^2: (?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT_LOCALLY): the server's certificate is not trusted; for a private CA set NODE_EXTRA_CA_CERTS$/,
  );
  expect(await said(`https://localhost:${other.port}`, trusted)).toBe(
    "2: ERR_TLS_CERT_ALTNAME_INVALID: the server's certificate is for another host name; check JUSPAY_BASE_URL",
  );
  expect(await said(`https://localhost:${old.port}`, trusted)).toBe(
    "2: CERT_HAS_EXPIRED: the server's certificate has expired; check the server, or this machine's clock",
  );
  expect(await said(server.url.replace('http:', 'https:'), trusted)).toMatch(
    /^2: (?:ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|EPROTO): .*check the port and the https of JUSPAY_BASE_URL$/,
  );
});

test('a production host: nothing is sent without its name typed out, and little with it', async () => {
  const { server, proxy } = await behindProxy('api.juspay.in');
  const through = { ...trusted, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  const refused = await ended(
    startRun(liveVariables('https://api.juspay.in', { ...through, JUSPAY_ALLOW_PRODUCTION: '1' })),
  );
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('JUSPAY_BASE_URL names a production host, api.juspay.in');
  expect([proxy.connects.length, server.requests]).toEqual([0, 0]);

  // Few of the refusals, at two requests a second; the cases that would create customers are left out by themselves.
  const allowed = { ...through, JUSPAY_ALLOW_PRODUCTION: 'api.juspay.in' };
  const args = ['--mode=conformance', '-t', 'AU-2/|GC-|TK-1/|RS-1/'];
  const run = startRun(liveVariables('https://api.juspay.in', allowed), { args });
  const { code, stderr } = await ended(run);
  expect(code).toBe(0);
  expect(stderr).toContain('PRODUCTION: its customers are people');
  // The preflight's, and the one case's that is not a refusal.
  expect(server.customers).toBe(2);
  const ran = run.report().cases.filter(({ verdict }) => verdict !== 'not-run');
  expect(ran.map(({ id }) => id)).toEqual(['RS-1/only-mandatory-fields', 'AU-2/no-credentials-unknown-customer']);
});

test('a production host that accepts what it must refuse is not asked any further', async () => {
  const { server, proxy } = await behindProxy('api.juspay.in', { fault: 'at-sign-in-first-name-accepted' });
  const allowed = {
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    JUSPAY_ALLOW_PRODUCTION: 'api.juspay.in',
    ...trusted,
  };
  const args = ['--mode=conformance', '-t', 'RQ-10/|RS-1/only'];
  const run = startRun(liveVariables('https://api.juspay.in', allowed), { args });
  expect(await run.ended()).toBe(1);
  expect(server.customers).toBeLessThanOrEqual(3);
  expect(run.report()).toMatchObject({ verdict: 'does-not-conform', complete: false });
  expect(run.report().cases.some(({ reason }) => reason === 'JUSPAY_MAX_NEW_CUSTOMERS (3) leaves no room for it')).toBe(
    true,
  );
});
