import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { askMock, CUSTOMER } from '../fixtures/ask-mock.ts';
import { type MockProcess, mockCommand, startMockProcess } from '../fixtures/mock-process.ts';

// Starting processes is slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const run = promisify(execFile);
const noCurl = spawnSync('curl', ['--version']).status !== 0;

let mock: MockProcess | undefined;
afterEach(async () => {
  await mock?.stop('SIGKILL');
  mock = undefined;
});

async function start(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<MockProcess> {
  mock = await startMockProcess(args, env);
  return mock;
}

/** Runs the command until it ends. */
function end(...args: string[]) {
  return spawnSync(process.execPath, [...mockCommand(), ...args], { encoding: 'utf8' });
}

describe('output', () => {
  test.skipIf(noCurl)('at the start: a working curl command', async () => {
    const { output } = await start();
    const line = /^try: (.*)$/m.exec(output())?.[1] ?? '';
    const { stdout } = await run('sh', ['-c', line.replace('curl ', "curl --silent --noproxy '*' ")]);
    expect(JSON.parse(stdout)).toMatchObject({
      object_reference_id: 'customer@gmail.com',
      juspay: { client_auth_token: expect.stringMatching(/^tkn_/) },
    });
  });

  test.skipIf(noCurl)('with a custom key: a working curl command that does not show the key', async () => {
    const env = { MOCK_API_KEY: 'my-Secret-key-77', MOCK_MERCHANT_ID: 'my-own-merchant' };
    const { output, url, stop } = await start(['--option', 'otherMerchant=refuse'], env);
    const line = /^try: (.*)$/m.exec(output())?.[1] ?? '';
    const silent = line.replace('curl ', "curl --silent --noproxy '*' ");
    const { stdout } = await run('sh', ['-c', silent], { env: { ...process.env, ...env } });
    expect(JSON.parse(stdout)).toMatchObject({ object: 'customer' });
    await askMock(url, CUSTOMER, { 'x-merchantid': 'my-own-merchant' });
    await fetch(`${url}/my-Secret-key-77/customers?key=my-Secret-key-77`);
    // Stop first, to have all of its output.
    await stop();
    expect(output()).not.toMatch(/my-Secret-key-77|my-own-merchant/);
    expect(output()).toContain('GET /[API key]/customers 404');
  });

  test('one line per request, with the reason for each refusal', async () => {
    const { url, output, stop } = await start(['--allow-fault-header']);
    await askMock(url, CUSTOMER);
    await askMock(url, { ...CUSTOMER, object_reference_id: 'seven77', first_name: 'Ev@' });
    await askMock(url, CUSTOMER, { authorization: 'Basic bm8=' });
    await askMock(url, CUSTOMER, { 'x-mock-fault': 'connection-reset' }).catch(() => undefined);
    await fetch(`${url}/elsewhere`);
    await stop();
    const lines = output().split('\n').slice(2, -2);
    expect(lines.map((line) => line.replace(/\d+\.\d ms/, 'TIME'))).toEqual([
      'POST /v2/customers 200 TIME',
      expect.stringMatching(/^POST \/v2\/customers 400 TIME {2}object_reference_id: .*; first_name: /),
      'POST /v2/customers 401 TIME  API key missing or wrong',
      'POST /v2/customers connection reset TIME',
      'GET /elsewhere 404 TIME  nothing at /elsewhere',
    ]);
  });

  test('--help and --list-faults', () => {
    expect(end('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Usage: juspay-conformance mock'),
    });
    expect(end('--list-faults')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^ {2}expired-token +TK-1 /m),
    });
  });
});

describe('shutdown', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s: finishes the answer in progress', async (signal) => {
    const served = await start();
    const { port } = new URL(served.url);
    const headers = {
      authorization: `Basic ${btoa('your_api_key:')}`,
      'x-merchantid': 'merchant_id',
      'content-type': 'application/x-www-form-urlencoded',
      expect: '100-continue',
    };
    const call = request({ host: '127.0.0.1', port, path: '/v2/customers', method: 'POST', headers });
    call.flushHeaders();
    // The server now has the request and waits for its body.
    await once(call, 'continue');
    const stopped = served.stop(signal);
    call.end(new URLSearchParams(CUSTOMER).toString());
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect(await stopped).toBe(0);
    expect(served.output()).toMatch(/mock stopped\n$/);
  });

  test('together with the npm that started it: `npm run mock & kill $!`', async () => {
    const npm = spawn('npm', ['run', 'mock', '--', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    npm.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    // The stream closes when the last writer has exited.
    const closed = once(npm, 'close');
    while (!/^try: /m.test(output)) await once(npm.stdout, 'data');
    npm.kill('SIGTERM');
    await closed;
    expect(output).toMatch(/mock stopped\n$/);
    await expect(fetch(/on (http:\S+)/.exec(output)?.[1] ?? '')).rejects.toThrow('fetch failed');
  });

  test('port in use: an error and exit code 2', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { code, stderr } = await run(process.execPath, [...mockCommand(), '--port', port]).catch((error) => error);
    other.close();
    expect(stderr).toBe(
      `error: cannot listen on 127.0.0.1 port ${port}: the port is in use; choose another with --port, or --port 0 for any free one\n`,
    );
    expect(code).toBe(2);
  });

  test.each([
    [['--port', 'x'], 'error: --port is "x"; give a whole number from 0 to 65535\n'],
    [['--fault', 'x'], 'error: no fault is named "x"; --list-faults prints all names\n'],
    [
      ['--host', '203.0.113.1', '--port', '0'],
      'error: cannot listen on 203.0.113.1 port 0: this machine has no such address; choose another with --host\n',
    ],
    [
      ['--state', '/'],
      expect.stringMatching(
        /^error: state file "\/"(: Node\.js .* has no SQLite| cannot be opened: it is a folder).*\n$/,
      ),
    ],
  ])('%j: an error and exit code 2', (args, stderr) => {
    expect(end(...args)).toMatchObject({ status: 2, stderr });
  });
});

describe('the connection', () => {
  test('is reset by the fault connection-reset', async () => {
    const { url } = await start(['--fault', 'connection-reset']);
    await expect(askMock(url, CUSTOMER)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  });

  test('accepts a chunked body, up to one megabyte', async () => {
    const { url } = await start();
    const send = (text: string) => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const part of text.match(/.{1,65536}/g) ?? []) controller.enqueue(new TextEncoder().encode(part));
          controller.close();
        },
      });
      const headers = {
        authorization: `Basic ${btoa('your_api_key:')}`,
        'x-merchantid': 'merchant_id',
        'content-type': 'application/x-www-form-urlencoded',
      };
      return fetch(`${url}/v2/customers`, { method: 'POST', headers, body, duplex: 'half' });
    };
    expect((await send(new URLSearchParams(CUSTOMER).toString())).status).toBe(200);
    expect((await send(`${new URLSearchParams(CUSTOMER)}&x=${'x'.repeat(2_000_000)}`)).status).toBe(413);
  });
});
