import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Credentials } from '../suites/cases/case.ts';
import { TEMPLATES } from './copy-as.ts';
import { curlFor } from './curl.ts';
import type { ReportedExchange } from './report.ts';
import { stepsOf } from './steps.ts';

const KEY = 'Key_$HOME_0001';
const BODY = `a='b'&c="$(id)"&d=\`\\n&e=%41\u0000\u202eZoë 陳`;

function exchange(step: string, credentials: Credentials, body: string): ReportedExchange {
  const headers = { accept: 'application/json', 'x-merchantid': '[merchant id]', 'content-type': 'text/x' };
  const request = { method: 'POST', path: '/v2/customers', headers, body };
  const one = { step, request, credentials, credentialsInWords: '', retried: [], ms: 1 };
  return { ...one, curl: curlFor(one, undefined) };
}

/** Two calls at the same time after one: what a script has to keep apart. */
const EXCHANGES = [
  exchange('first', 'right', BODY),
  exchange('both', 'other-case', 'x=1'),
  exchange('both', 'none', 'x=2'),
];
const RUNNERS: Readonly<Record<string, readonly [program: string, flag: string]>> = {
  'JavaScript (fetch)': [process.execPath, '-e'],
  Python: ['python3', '-c'],
};

describe('a script sends again what was sent, and shows what the server that failed answers', () => {
  const arrived: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { authorization, 'x-merchantid': merchant, 'content-type': type } = request.headers;
      const key = authorization === undefined ? undefined : atob(authorization.replace('Basic ', ''));
      arrived.push([request.method, request.url, key, merchant, type, Buffer.concat(chunks).toString()]);
      response.writeHead(201).end('{"object":"Customer"}');
    });
  });
  let baseUrl = '';
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prefix`;
  });
  afterAll(() => void server.close());

  const env = () => ({ ...process.env, JUSPAY_API_KEY: KEY, JUSPAY_MERCHANT_ID: 'm 1', JUSPAY_BASE_URL: baseUrl });

  test.each(Object.keys(RUNNERS).flatMap((name) => [[name, true] as const, [name, false] as const]))(
    'as %s, with its address known: %s',
    async (name, isKnown) => {
      const script = TEMPLATES.find((one) => one.name === name)?.render(
        stepsOf({ exchanges: EXCHANGES }),
        isKnown ? baseUrl : undefined,
      );
      const [program = '', flag = ''] = RUNNERS[name] ?? [];
      const { stdout } = await promisify(execFile)(program, [flag, script ?? ''], { env: env() });
      expect(stdout).toBe('201 {"object":"Customer"}\n'.repeat(3));
      const [first, ...both] = arrived.splice(0);
      const start = ['POST', '/prefix/v2/customers'];
      expect(first).toEqual([...start, `${KEY}:`, 'm 1', 'text/x', BODY]);
      expect(both).toHaveLength(2);
      expect(both).toContainEqual([...start, 'kEY_$home_0001:', 'm 1', 'text/x', 'x=1']);
      expect(both).toContainEqual([...start, undefined, 'm 1', 'text/x', 'x=2']);
    },
  );
});

test('an .http file has variables for what a report must not hold, and is left out where it cannot hold the body', () => {
  const http = TEMPLATES.find(({ name }) => name === '.http file');
  expect(http?.render(stepsOf({ exchanges: EXCHANGES }), 'https://api.test')).toBeUndefined();
  expect(http?.render(stepsOf({ exchanges: EXCHANGES.slice(1) }), 'https://api.test')).toBe(
    `# basic is what this prints: printf %s "$(printf %s "$JUSPAY_API_KEY" | tr A-Za-z a-zA-Z):" | base64
POST https://api.test/v2/customers
authorization: Basic {{basic}}
accept: application/json
x-merchantid: {{merchantId}}
content-type: text/x

x=1

###

POST https://api.test/v2/customers
accept: application/json
x-merchantid: {{merchantId}}
content-type: text/x

x=2`,
  );
});
