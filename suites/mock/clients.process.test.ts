import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type HttpResponse, Juspay } from 'expresscheckout-nodejs';
import { setupServer } from 'msw/node';
import * as undici from 'undici';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CHROMIUM, runInBrowser } from '../fixtures/browser.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { letSdkReachMsw } from '../fixtures/sdk-under-msw.ts';
import { makeCa, startTlsFront } from '../fixtures/tls-front.ts';
import { customerHandlers } from './customer-handlers.ts';
import { DOCUMENT } from './document.ts';
import { createMock } from './mock.ts';
import { SAMPLE_KEY, SAMPLE_MERCHANT } from './sample-access.ts';
import { type Served, serve } from './server/serve.ts';

const run = promisify(execFile);
const lacks = (command: string) => spawnSync(command, ['--version']).status !== 0;

const FIELDS = {
  object_reference_id: 'customer@gmail.com',
  mobile_number: '99887766',
  email_address: 'customer@gmail.com',
  first_name: 'John',
  last_name: 'Smith',
  mobile_country_code: '65',
};
const ANSWER = {
  ...FIELDS,
  id: expect.stringMatching(/^cst_[a-z0-9]{16}$/),
  object: 'customer',
  date_created: expect.stringMatching(/Z$/),
  last_updated: expect.stringMatching(/Z$/),
};
const WITH_TOKEN = { ...FIELDS, 'options.get_client_auth_token': 'true' };
const ANSWER_WITH_TOKEN = {
  ...ANSWER,
  juspay: { client_auth_token: expect.stringMatching(/^tkn_/), client_auth_token_expiry: expect.stringMatching(/Z$/) },
};

const headers = { authorization: `Basic ${btoa(`${SAMPLE_KEY}:`)}`, 'x-merchantid': SAMPLE_MERCHANT };

describe('over HTTP', () => {
  let served: Served;
  beforeAll(async () => {
    const mock = createMock(DOCUMENT, { apiKey: SAMPLE_KEY, account: SAMPLE_MERCHANT });
    served = await serve({ mock, host: '127.0.0.1', port: 0 });
  });
  afterAll(() => served.close());

  test.skipIf(CHROMIUM === undefined)(
    `a page in Chromium, if its origin is allowed${CHROMIUM === undefined ? ' (skipped: no Chromium)' : ''}`,
    async () => {
      const mock = createMock(DOCUMENT, { apiKey: SAMPLE_KEY, account: SAMPLE_MERCHANT });
      const open = await serve({ mock, host: '127.0.0.1', port: 0, cors: ['*'] });
      const folder = newFolder();
      const page = join(folder, 'page.js');
      writeFileSync(
        page,
        `const call = (url) => fetch(url + '/v2/customers', {
          method: 'POST',
          headers: ${JSON.stringify(headers)},
          body: new URLSearchParams(${JSON.stringify(WITH_TOKEN)}),
        });
        window.told = {
          allowed: await (await call('${open.url}')).json(),
          other: await call('${served.url}').then(() => 'read', () => 'blocked'),
        };`,
      );
      try {
        const results = await runInBrowser(page, fileURLToPath(new URL('../..', import.meta.url)));
        expect(results).toEqual({ allowed: ANSWER_WITH_TOKEN, other: 'blocked' });
      } finally {
        await open.close();
      }
    },
  );

  test('Juspay’s SDK for Node.js, through TLS', async () => {
    const ca = await makeCa();
    const front = await startTlsFront(ca, 'sandbox.juspay.in', Number(new URL(served.url).port));
    // The SDK accepts neither a port nor an agent, so only the address that it connects to is replaced.
    const connection = vi
      .spyOn(https.Agent.prototype, 'createConnection')
      .mockImplementation(() =>
        tls.connect({ host: '127.0.0.1', port: front.port, ca: ca.cert, servername: 'sandbox.juspay.in' }),
      );
    Juspay.customLogger = Juspay.silentLogger;
    const juspay = new Juspay({ apiKey: SAMPLE_KEY, merchantId: SAMPLE_MERCHANT, baseUrl: Juspay.SANDBOX_BASE_URL });
    try {
      expect(await juspay.customer.create(WITH_TOKEN)).toMatchObject(ANSWER_WITH_TOKEN);
      const refused = juspay.customer.create({ ...FIELDS, object_reference_id: 'seven77' });
      await expect(refused).rejects.toMatchObject({ name: 'InvalidRequestError', status: 'Bad Request' });
    } finally {
      connection.mockRestore();
      await front.close();
    }
  });

  /** As on the page, with the space before each line continuation that a shell needs. */
  const SAMPLE = `curl -X POST https://api.juspay.in/v2/customers \\
-u your_api_key: \\
-H 'x-merchantid: merchant_id' \\
-H 'Content-Type: application/x-www-form-urlencoded' \\
-d "object_reference_id=customer@gmail.com" \\
-d "mobile_number=99887766" \\
-d "email_address=customer@gmail.com" \\
-d "first_name=John" \\
-d "last_name=Smith" \\
-d "mobile_country_code=65" \\
-d"options.get_client_auth_token=true"`;

  test.skipIf(lacks('curl'))('curl, with the page’s sample', async () => {
    const command = SAMPLE.replace('https://api.juspay.in', served.url);
    const { stdout } = await run('sh', ['-c', command.replace('curl ', "curl --silent --noproxy '*' ")]);
    expect(JSON.parse(stdout)).toEqual(ANSWER_WITH_TOKEN);
  });

  test('fetch', async () => {
    const body = new URLSearchParams(WITH_TOKEN);
    const response = await fetch(`${served.url}/v2/customers`, { method: 'POST', headers, body });
    expect([response.status, await response.json()]).toEqual([200, ANSWER_WITH_TOKEN]);
  });

  test('undici', async () => {
    const { statusCode, body } = await undici.request(`${served.url}/v2/customers`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(FIELDS).toString(),
    });
    expect([statusCode, await body.json()]).toEqual([200, ANSWER]);
  });

  test.skipIf(lacks('python3'))('Python’s urllib', async () => {
    const script = `
import json, sys, urllib.parse, urllib.request
url, headers, fields = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
request = urllib.request.Request(url, urllib.parse.urlencode(fields).encode(), headers)
with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
    print(json.dumps({"status": answer.status, "body": json.load(answer)}))
`;
    const args = [`${served.url}/v2/customers`, JSON.stringify(headers), JSON.stringify(WITH_TOKEN)];
    const { stdout } = await run('python3', ['-c', script, ...args]);
    expect(JSON.parse(stdout)).toEqual({ status: 200, body: ANSWER_WITH_TOKEN });
  });
});

describe('in process, for an SDK that calls the sandbox over https', () => {
  const server = setupServer(...customerHandlers());
  let undo: () => void;
  beforeAll(() => {
    server.listen({ onUnhandledRequest: 'error' });
    undo = letSdkReachMsw();
  });
  afterAll(() => {
    undo();
    server.close();
  });

  test('Juspay’s SDK for Node.js', async () => {
    Juspay.customLogger = Juspay.silentLogger;
    const juspay = new Juspay({ apiKey: SAMPLE_KEY, merchantId: SAMPLE_MERCHANT, baseUrl: Juspay.SANDBOX_BASE_URL });
    const answer: HttpResponse = await juspay.customer.create(WITH_TOKEN);
    expect(answer).toMatchObject(ANSWER_WITH_TOKEN);
    expect(answer.http?.statusCode).toBe(200);
    // The SDK turns the documented 400 into its own error, field by field.
    await expect(juspay.customer.create({ ...FIELDS, object_reference_id: 'seven77' })).rejects.toMatchObject({
      name: 'InvalidRequestError',
      status: 'Bad Request',
      error_code: 'Invalid value',
      error_message: 'object_reference_id: must NOT have fewer than 8 characters',
    });
  });
});
