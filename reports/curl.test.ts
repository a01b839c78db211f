import { execFile, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Call, Credentials } from '../suites/cases/case.ts';
import { startReferenceServer } from '../suites/fixtures/reference-server.ts';
import { CREDENTIALS_IN_WORDS } from '../suites/judge/credentials.ts';
import { buildRequest } from '../suites/judge/customer/request.ts';
import { recordOf } from '../suites/judge/exchange.ts';
import { maskExchange } from '../suites/secrets/mask-result.ts';
import { createRunMasker } from '../suites/secrets/run-secrets.ts';
import { curlFor } from './curl.ts';

const KEY = 'Key_$HOME_`id`_"0001';
const MERCHANT = 'merchant $1';
const TARGET = { apiKey: KEY, account: MERCHANT };
const DIGITS = '0'.repeat(64);

/** The exchange of a call as reports have it: masked. */
function exchangeOf(call: Call) {
  const request = buildRequest(call, TARGET, DIGITS);
  const outcome = { kind: 'failure', reason: 'broken', message: '', retried: [], ms: 1 } as const;
  const exchange = recordOf('the call', call, { request, outcome });
  return maskExchange(exchange, createRunMasker(TARGET).mask);
}

test('is written for a person to read and change', () => {
  const call = { fields: { object_reference_id: "o'neil@example.com" }, merchant: 'empty' } as const;
  expect(curlFor(exchangeOf({ ...call, encoding: 'json' }), 'https://api.test')).toBe(
    `curl -sS -i -X POST 'https://api.test/v2/customers' \\
  -u "$` +
      `{JUSPAY_API_KEY}:" \\
  -H 'accept: application/json' \\
  -H 'x-merchantid;' \\
  -H 'content-type: application/x-www-form-urlencoded' \\
  --data-raw '{"object_reference_id":"o'\\''neil@example.com"}'`,
  );
});

test('takes the base URL from the environment for a target without address', () => {
  const [first] = curlFor(exchangeOf({ fields: {}, path: '/v2/$x/[1]' }), undefined).split(' \\\n');
  expect(first).toBe(`curl -sS -i --globoff -X POST "$JUSPAY_BASE_URL"'/v2/$x/[1]'`);
});

const shells = ['sh', 'bash', 'dash', 'zsh'].filter((shell) => spawnSync(shell, ['-c', 'curl --version']).status === 0);

interface Arrived {
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

describe.skipIf(shells.length === 0).each(shells)('in %s, curl sends again what was sent', (shell) => {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      arrived.push({ url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.end('{}');
    });
  });
  let baseUrl = '';
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pre'fix`;
  });
  afterAll(() => void server.close());

  async function repeat(call: Call, address: string | undefined): Promise<Arrived | undefined> {
    const env = { ...process.env, JUSPAY_API_KEY: KEY, JUSPAY_MERCHANT_ID: MERCHANT, JUSPAY_BASE_URL: baseUrl };
    await promisify(execFile)(shell, ['-c', curlFor(exchangeOf(call), address)], { env: { ...env, NO_PROXY: '*' } });
    return arrived.pop();
  }

  const credentials = Object.keys(CREDENTIALS_IN_WORDS) as Credentials[];
  const calls: readonly [string, Call][] = [
    ...credentials.map((one): [string, Call] => [`credentials: ${one}`, { fields: {}, credentials: one }]),
    ['quotes, dollars and line breaks', { fields: {}, rawBody: `a='b'&c="$(id)"&d=\`id\`\\n&e=%41\r\n\u0000\u202e` }],
    ['a body like a file name', { fields: {}, rawBody: '@/etc/passwd' }],
    ['letters beyond ASCII', { fields: {}, rawBody: 'Zoë 陳\t%s \\101' }],
    ['an empty body', { fields: {} }],
    ['no media type', { fields: { a: 'b' }, mediaType: null }],
    ['an empty media type', { fields: { a: 'b' }, mediaType: '' }],
    ['an empty merchant id', { fields: {}, merchant: 'empty' }],
    ['no merchant id', { fields: {}, merchant: 'absent' }],
    ["somebody else's merchant id", { fields: {}, merchant: 'other' }],
    ['a path with all sorts of marks', { fields: {}, path: "/v2/$HOME/[1-2]/{a,b}/'x'" }],
  ];
  const COMPARED = ['authorization', 'accept', 'content-type', 'x-merchantid'];

  test.each(calls)('%s', async (_, call) => {
    for (const address of [baseUrl, undefined]) {
      const repeated = await repeat(call, address);
      const { path, headers, body } = buildRequest(call, TARGET, DIGITS);
      const { pathname } = new URL(baseUrl);
      expect(repeated?.url).toBe(`${pathname}${path}`);
      expect(repeated?.body).toBe(body);
      for (const name of COMPARED) expect([name, repeated?.headers[name]]).toEqual([name, headers[name]]);
    }
  });
});

test.skipIf(shells.length === 0)('the reference server answers it as it answered the suite', async () => {
  const server = await startReferenceServer({ apiKey: 'reference_key_0001', account: 'reference_merchant' });
  const fields = { object_reference_id: "o'neil$1@example.com", mobile_number: '9988776655', first_name: 'A.-_()' };
  const command = curlFor(exchangeOf({ fields }), server.url);
  const env = { ...process.env, JUSPAY_API_KEY: 'reference_key_0001', JUSPAY_MERCHANT_ID: 'reference_merchant' };
  const { stdout } = await promisify(execFile)('sh', ['-c', command], { env });
  await server.close();
  const [head = '', body = ''] = stdout.split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 200 /);
  expect(JSON.parse(body)).toMatchObject(fields);
});
