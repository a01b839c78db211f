import { execFile, spawnSync } from 'node:child_process';
import { request as ask, createServer } from 'node:http';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Call } from '../suites/cases/case.ts';
import { CREDENTIALS_IN_WORDS, type Credentials } from '../suites/cases/credentials.ts';
import { liveSettings } from '../suites/fixtures/live-settings.ts';
import { listen } from '../suites/fixtures/loopback.ts';
import { buildRequest } from '../suites/judge/customer/request.ts';
import { recordOf } from '../suites/judge/exchange.ts';
import { maskExchange } from '../suites/secrets/mask-result.ts';
import { createRunMasker } from '../suites/secrets/run-secrets.ts';
import { openLiveTarget } from '../suites/targets/live-target.ts';
import { TEMPLATES } from './copy-as.ts';
import { curlFor } from './curl.ts';
import type { ReportedExchange } from './reported-case.ts';
import { stepsOf } from './steps.ts';

const KEYS = {
  apiKey: 'Key_$HOME_`id`z_"000Z',
  account: 'merchant $1',
  headers: [
    { name: 'x-gate-key', value: 'gate $(id) secret', secret: true },
    { name: 'x-routing-id', value: 'r-{object_reference_id}', secret: false },
  ],
};
const CREDENTIALS = Object.keys(CREDENTIALS_IN_WORDS) as Credentials[];

const CALLS: readonly Call[] = [
  ...CREDENTIALS.map((credentials): Call => ({ fields: { object_reference_id: "o'neil@a.test" }, credentials })),
  { fields: {}, rawBody: `a='b'&c="$(id)"&d=\`id\`\\n&e=%41` },
  { fields: {}, rawBody: '@/etc/passwd' },
  { fields: {}, rawBody: 'Zoë 陳%s \\101' },
  { fields: { a: 'b' }, encoding: 'json' },
  { fields: {} },
  { fields: { a: 'b' }, mediaType: null },
  { fields: { a: 'b' }, mediaType: '' },
  { fields: {}, merchant: 'empty' },
  { fields: {}, merchant: 'absent' },
  { fields: {}, merchant: 'other' },
  { fields: {}, path: "/v2/$HOME/[1-2]/'x'" },
  // What no line of text can hold.
  { fields: {}, rawBody: 'a\r\n\u0000\t\u202e' },
];
const [UNPRINTABLE] = CALLS.slice(-1) as [Call];

const requestOf = (call: Call) => buildRequest(call, KEYS, '0'.repeat(64));

/** The exchange of a call as reports have it: masked. */
function exchangeOf(call: Call, baseUrl: string | undefined): ReportedExchange {
  const outcome = { kind: 'failure', reason: 'broken', message: '', retried: [], ms: 1 } as const;
  const exchange = recordOf(`call ${CALLS.indexOf(call)}`, { call, request: requestOf(call), outcome });
  const masked = maskExchange(exchange, createRunMasker(KEYS).mask);
  const { sentAt: _, earlier: __, ...reported } = masked;
  return { ...reported, curl: curlFor(masked, baseUrl) };
}

const scriptOf = (name: string) => (calls: readonly Call[], baseUrl: string | undefined) =>
  TEMPLATES.find((one) => one.name === name)?.render(
    stepsOf({ exchanges: calls.map((call) => exchangeOf(call, baseUrl)) }),
    baseUrl,
  );
const curls = (calls: readonly Call[], baseUrl: string | undefined) =>
  calls.map((call) => exchangeOf(call, baseUrl).curl).join('\n');

const PROGRAMS: readonly [program: string, flag: string, script: ReturnType<typeof scriptOf>][] = [
  ...['sh', 'bash', 'zsh'].map((shell): [string, string, typeof curls] => [shell, '-c', curls]),
  ['node', '-e', scriptOf('JavaScript (fetch)')],
  ['python3', '-c', scriptOf('Python')],
];
const installed = PROGRAMS.filter(([program]) => spawnSync(program, ['-c', '']).error === undefined);

/** Headers that clients add by themselves. */
const OF_THE_CLIENT =
  /^(?:host|connection|content-length|transfer-encoding|user-agent|accept-(?:encoding|language)|sec-fetch-mode)$/;

/** What sends headers by their names has one of each: two say the same joined (RFC 9110, 5.3), in the order of the call. */
const inOneLine = (text: string): string => text.replace(/^(authorization: )(.*)\n\1(.*)$/m, '$1$3, $2');

describe('sent again by a script, a call arrives as the suite sent it, to the last byte and header', () => {
  let arrived: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, rawHeaders } = request;
      const headers = rawHeaders.flatMap((text, index) =>
        index % 2 === 1 || OF_THE_CLIENT.test(text.toLowerCase())
          ? []
          : [`${text.toLowerCase()}: ${rawHeaders[index + 1]}`],
      );
      arrived.push([`${method} ${url}`, ...headers.sort(), Buffer.concat(chunks).toString('latin1')].join('\n'));
      response.writeHead(201).end('{"object":"Customer"}\n');
    });
  });
  let baseUrl = '';
  let closing = async (): Promise<void> => {};
  const sent = new Map<Call, string>();
  const env = () => ({
    ...process.env,
    ...{ JUSPAY_API_KEY: KEYS.apiKey, JUSPAY_MERCHANT_ID: KEYS.account, X_GATE_KEY: KEYS.headers[0]?.value },
    ...{ JUSPAY_BASE_URL: baseUrl, NO_PROXY: '*' },
  });
  const taken = () => arrived.splice(0).sort();
  beforeAll(async () => {
    const { url, close } = await listen(server);
    closing = close;
    baseUrl = `${url}/prefix`;
    const target = openLiveTarget(liveSettings(baseUrl, KEYS));
    for (const call of CALLS) {
      await target.send(requestOf(call));
      sent.set(call, arrived.pop() ?? '');
    }
    await target.close();
    arrived = [];
  });
  afterAll(() => closing());

  test.each(installed)('by %s', async (program, flag, script) => {
    const text = script(CALLS, program === 'sh' || program === 'node' ? baseUrl : undefined) ?? '';
    const { stdout } = await promisify(execFile)(program, [flag, text], { env: env() });
    const isShell = program !== 'node' && program !== 'python3';
    expect(taken()).toEqual([...sent.values()].map((text) => (isShell ? text : inOneLine(text))).sort());
    expect(stdout.match(/"Customer"/g)).toHaveLength(CALLS.length);
  });

  test('from an .http file, which is left out where it cannot hold the body', async () => {
    const http = scriptOf('.http file');
    expect(http([UNPRINTABLE], baseUrl)).toBeUndefined();
    const calls = CALLS.filter((call) => call !== UNPRINTABLE);
    const parts = http(calls, undefined)?.split('\n\n###\n\n') ?? [];
    const commands = parts.map((part) => /^# authorization is what this prints: (.*)\n/.exec(part)?.[1] ?? ':');
    const { stdout } = await promisify(execFile)('sh', ['-c', commands.join('; echo\n')], { env: env() });
    const authorizations = stdout.split('\n');
    await Promise.all(parts.map((part, index) => sendHttpFile(part, authorizations[index])));
    expect(taken()).toEqual(calls.map((call) => inOneLine(sent.get(call) ?? '')).sort());
  });

  /** As the tools do that read such files: variables filled in, the request line, headers up to an empty line, the body. */
  async function sendHttpFile(text: string, authorization: string | undefined): Promise<void> {
    const variables: Readonly<Record<string, string | undefined>> = { ...env(), authorization };
    const [head = '', ...body] = text.replace(/^#.*\n/, '').split('\n\n');
    const [line = '', ...headers] = head.replace(/\{\{(\w+)\}\}/g, (_, name) => variables[name] ?? '').split('\n');
    const [method, url = ''] = line.split(' ');
    const pairs = headers.map((one) => [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 1).trim()]);
    const answered = new Promise((done) => {
      const request = ask(url, { method, headers: Object.fromEntries(pairs) }, done);
      request.end(body.join('\n\n'));
    });
    await answered;
  }
});

test('calls that were made at the same time are made so again', async () => {
  const two = CALLS.slice(0, 2).map((call) => ({ ...exchangeOf(call, undefined), step: 'both' }));
  const steps = stepsOf({ exchanges: two });
  for (const { name, render } of TEMPLATES.slice(0, 2)) {
    const text = render(steps, undefined) ?? '';
    expect([name, /steps = \[\n {2}\[\{.*\},\n {3}\{.*\}\],\n\]/.test(text)]).toEqual([name, true]);
  }
});

test('a curl command is written for a person to read and change', () => {
  const call: Call = { fields: { object_reference_id: "o'neil@example.com" }, merchant: 'empty', encoding: 'json' };
  expect(exchangeOf(call, 'https://api.test').curl).toBe(
    `curl -sS -i -X POST 'https://api.test/v2/customers' \\
  -u "$` +
      `{JUSPAY_API_KEY}:" \\
  -H 'accept: application/json' \\
  -H 'x-merchantid;' \\
  -H 'content-type: application/x-www-form-urlencoded' \\
  -H "x-gate-key: $X_GATE_KEY" \\
  -H 'x-routing-id: r-o'\\''neil@example.com' \\
  --data-raw '{"object_reference_id":"o'\\''neil@example.com"}'`,
  );
});
