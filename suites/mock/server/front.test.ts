import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MockHere, startMockHere } from '../../fixtures/mock-here.ts';

let mock: MockHere;
beforeAll(async () => {
  mock = await startMockHere(['--cors', 'http://shop.test', '--option', 'unknownFields=refuse']);
});
afterAll(() => mock.close());

const HEAD = `Host: mock
Authorization: Basic ${btoa('your_api_key:')}
x-merchantid: merchant_id
Connection: close`;
const FORM = 'Content-Type: application/x-www-form-urlencoded';
const BODY = 'object_reference_id=customer-1&mobile_number=99887766';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends raw bytes and reads until the connection closes. @param head lines separated by LF */
async function talk(head: string, body: string | Buffer = ''): Promise<Answer> {
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
  socket.write(`${head.replaceAll('\n', '\r\n')}\r\n\r\n`);
  if (body.length > 0) socket.write(body);
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await once(socket, 'close');
  const final = text.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
  const [top = '', ...rest] = final.split('\r\n\r\n');
  const [line = '', ...lines] = top.split('\r\n');
  const headers = Object.fromEntries(lines.map((one) => [one.split(': ')[0]?.toLowerCase(), one.split(': ')[1] ?? '']));
  return { status: Number(line.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}

function post(target: string, body: string | Buffer = BODY, headers = `${HEAD}\n${FORM}`): Promise<Answer> {
  return talk(`POST ${target} HTTP/1.1\n${headers}\nContent-Length: ${Buffer.byteLength(body)}`, body);
}

/** Checks that a refusal has the three error fields. @returns the status and the message */
function refused({ status, headers, body }: Answer): [number, string] {
  const error = JSON.parse(body) as { readonly error_message: string };
  expect(error).toEqual({
    status: expect.any(String),
    error_code: expect.any(String),
    error_message: expect.any(String),
  });
  expect(headers['content-type']).toBe('application/json');
  return [status, error.error_message];
}

describe('the path', () => {
  test.each(['/v2/customers', '/customers', '/v2/customers?page=2', 'http://elsewhere.test/v2/customers?page=2'])(
    '%s is served',
    async (target) => {
      expect((await post(target)).status).toBe(200);
    },
  );

  test.each([
    '/v2/customers/v2/customers',
    '/v2/v2/customers',
    '/api/v2/customers',
    '/v1/customers',
    '/v2/customers/',
    '//v2/customers',
    '/v2/Customers',
    '/v2/customers/customers',
    '/',
    'http://elsewhere.test/v2/v2/customers',
  ])('%s is not served', async (target) => {
    expect(refused(await post(target))).toEqual([404, expect.stringMatching(/^nothing at \//)]);
  });

  test.each(['*', 'customers', 'ftp://elsewhere.test/v2/customers', 'http://'])('%s is invalid', async (target) => {
    expect(refused(await post(target))[0]).toBe(400);
  });
});

describe('the method', () => {
  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s: 405 with Allow', async (method) => {
    const answer = await talk(`${method} /v2/customers HTTP/1.1\n${HEAD}`);
    expect(refused(answer)).toEqual([405, 'use POST']);
    expect(answer.headers['allow']).toBe('POST, OPTIONS');
  });

  test('HEAD: as GET, without the body', async () => {
    const answer = await talk(`HEAD /v2/customers HTTP/1.1\n${HEAD}`);
    expect([answer.status, answer.body, answer.headers['allow']]).toEqual([405, '', 'POST, OPTIONS']);
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
  });

  test.each(['/v2/customers', '/customers', '*'])('OPTIONS %s: 204 with Allow', async (target) => {
    const answer = await talk(`OPTIONS ${target} HTTP/1.1\n${HEAD}`);
    expect([answer.status, answer.body, answer.headers['allow']]).toEqual([204, '', 'POST, OPTIONS']);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('OPTIONS of an unknown path: 404', async () => {
    expect(refused(await talk(`OPTIONS /elsewhere HTTP/1.1\n${HEAD}`))[0]).toBe(404);
  });
});

describe('the head', () => {
  test('no Host, or two: 400', async () => {
    const without = HEAD.replace('Host: mock\n', '');
    expect(refused(await post('/v2/customers', BODY, `${without}\n${FORM}`))).toEqual([
      400,
      'the Host header is missing',
    ]);
    const twice = await post('/v2/customers', BODY, `${HEAD}\nhOST: other\n${FORM}`);
    expect(refused(twice)).toEqual([400, 'the Host header is repeated']);
  });

  test('Expect: 100-continue works, another gets 417', async () => {
    expect((await post('/v2/customers', BODY, `${HEAD}\n${FORM}\nExpect: 100-continue`)).status).toBe(200);
    expect(refused(await post('/v2/customers', BODY, `${HEAD}\n${FORM}\nExpect: 200-ok`))[0]).toBe(417);
  });

  test('invalid HTTP: 400; too large headers: 431', async () => {
    expect(refused(await talk('HELLO'))[0]).toBe(400);
    expect(refused(await post('/v2/customers', BODY, `${HEAD}\n${FORM}\nx-long: ${'x'.repeat(20_000)}`))[0]).toBe(431);
    const both = `${HEAD}\n${FORM}\nTransfer-Encoding: chunked`;
    expect(refused(await post('/v2/customers', BODY, both))[0]).toBe(400);
  });
});

describe('the body', () => {
  const typed = (type: string) => `${HEAD}\nContent-Type: ${type}`;

  test.each(['utf-8', 'UTF-8', '"utf-8"', 'us-ascii'])('charset=%s is accepted', async (charset) => {
    const headers = typed(`application/x-www-form-urlencoded; charset=${charset}`);
    expect((await post('/v2/customers', BODY, headers)).status).toBe(200);
  });

  test('another charset, another media type, an encoded body: 415', async () => {
    const latin = await post('/v2/customers', BODY, typed('application/x-www-form-urlencoded; charset=ISO-8859-1'));
    expect(refused(latin)).toEqual([415, 'the charset iso-8859-1 is not supported; send UTF-8']);
    expect(refused(await post('/v2/customers', BODY, typed('text/plain')))[0]).toBe(415);
    expect(refused(await post('/v2/customers', BODY, `${HEAD}\n${FORM}\nContent-Encoding: gzip`))[0]).toBe(415);
  });

  test.each(['%', '%4', '%zz', '%ff', '%C3', '%ed%a0%80'])('first_name=%s: 400', async (text) => {
    expect(refused(await post('/v2/customers', `${BODY}&first_name=${text}`))).toEqual([
      400,
      'body: is not percent-encoded UTF-8',
    ]);
  });

  test('bytes that are not UTF-8: 400', async () => {
    const bytes = Buffer.from(`${BODY}&first_name=José`, 'latin1');
    expect(refused(await post('/v2/customers', bytes))).toEqual([400, 'the body is not UTF-8']);
  });

  test('over a megabyte: 413, with Content-Length or chunked, and before the body with Expect: 100-continue', async () => {
    const long = `${BODY}&x=${'x'.repeat(2_000_000)}`;
    expect(refused(await post('/v2/customers', long))[0]).toBe(413);
    const chunked = `POST /v2/customers HTTP/1.1\n${HEAD}\n${FORM}\nTransfer-Encoding: chunked`;
    const chunk = `${long.length.toString(16)}\r\n${long}\r\n0\r\n\r\n`;
    expect(refused(await talk(chunked, chunk))[0]).toBe(413);
    const waiting = `${HEAD}\n${FORM}\nContent-Length: 2000000\nExpect: 100-continue`;
    expect(refused(await talk(`POST /v2/customers HTTP/1.1\n${waiting}`))[0]).toBe(413);
  });
});

describe('a page from another origin', () => {
  const preflight = (origin: string) =>
    talk(`OPTIONS /v2/customers HTTP/1.1\n${HEAD}\nOrigin: ${origin}\nAccess-Control-Request-Method: POST`);

  test('may call if it is allowed, without cookies', async () => {
    expect((await preflight('http://shop.test')).headers).toMatchObject({
      'access-control-allow-origin': 'http://shop.test',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': expect.stringContaining('authorization'),
      vary: 'origin',
    });
    const answer = await post('/v2/customers', BODY, `${HEAD}\n${FORM}\nOrigin: http://shop.test`);
    expect(answer.headers['access-control-allow-origin']).toBe('http://shop.test');
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test.each(['http://other.test', 'http://shop.test:8080', 'null'])('may not call otherwise: %s', async (origin) => {
    const { headers } = await preflight(origin);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

test('it closes at once, even with connections that are idle, unused or in the middle of a head', async () => {
  const other = await startMockHere();
  const port = Number(new URL(other.url).port);
  const sockets = [0, 1, 2].map(() => connect(port, '127.0.0.1').on('error', () => {}));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  sockets[0]?.write('GET / HTTP/1.1\r\nHost: mock\r\n\r\n');
  if (sockets[0] !== undefined) await once(sockets[0], 'data');
  sockets[1]?.write('GET / HTTP/1.1\r\nHo');
  const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  for (const socket of sockets) socket.resume();
  await other.close();
  await Promise.all(closed);
});

test('an unknown field named like a member of Object.prototype is unknown too', async () => {
  const asked = ['note', 'constructor', '__proto__'].map((name) => {
    const body = `${BODY}&${name}=x`;
    return talk(`POST /v2/customers HTTP/1.1\n${HEAD}\n${FORM}\nContent-Length: ${body.length}`, body);
  });
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([400, 400, 400]);
});
