import { isUtf8 } from 'node:buffer';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { messageOf } from '../../../spec/setup-error.ts';
import type { AnsweringMock, MockOutcome } from '../mock.ts';
import { refusal } from '../refusal.ts';
import type { MockRequest, MockResponse } from '../steps.ts';
import { ADMIN_PATH } from './admin.ts';
import { type Cors, corsHeaders, preflightHeaders } from './cors.ts';
import { type LogEntry, reasonIn } from './log.ts';

/** Maximum body size in bytes: far above any form, and too small to exhaust memory. */
const LARGEST_BODY = 1_048_576;

/** How many bytes of a too large body are read and discarded, so that its sender can read the answer. */
const READ_AWAY = 64 * LARGEST_BODY;

/** Parts of a server. */
export interface FrontParts {
  readonly mock: AnsweringMock;
  /** Answers calls to ADMIN_PATH; undefined disables that path. */
  readonly admin?: ((request: MockRequest) => MockResponse) | undefined;
  /** Origins whose pages may read answers. */
  readonly cors?: Cors;
  readonly log: (entry: LogEntry) => void;
}

/** A server, and the number of its calls in progress. */
export interface Front {
  readonly server: Server;
  underWay(): number;
}

/**
 * The mock over HTTP/1.1, without msw or a framework, which makes it several times as fast. Protocol errors are refused
 * according to RFC 9110 and 9112, with a body like the mock's other refusals.
 */
export function createFront({ mock, admin, cors = [], log }: FrontParts): Front {
  let underWay = 0;
  // node:http refuses a call without Host with an empty body; `flawOf` adds a body.
  const server = createServer({ requireHostHeader: false }, receive);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!isTooLarge(request)) response.writeContinue();
    receive(request, response);
  });
  server.on('checkExpectation', receive);
  server.on('clientError', refuseUnreadable);
  return { server, underWay: () => underWay };

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const started = performance.now();
    underWay++;
    response.once('close', () => {
      underWay--;
    });
    const path = pathOf(request);
    const answer = (outcome: MockOutcome) => send(outcome, request, response, path ?? '', started);
    const flaw = path === undefined ? refusal(400, 'the request target is not a path') : flawOf(request);
    if (flaw !== undefined) {
      request.resume();
      answer(flaw);
      return;
    }
    readBody(request, (body) => {
      if (typeof body !== 'string') return answer(body);
      const call = { method: request.method ?? '', path: path ?? '', headers: textHeaders(request), body };
      if (path === ADMIN_PATH && admin !== undefined) return answer(admin(call));
      if (call.method === 'OPTIONS') return void options(call).then(answer, fail);
      return void mock.answer(call).then(answer, fail);
    });

    function fail(thrown: unknown): void {
      answer(refusal(500, `a defect of the mock: ${messageOf(thrown)}`));
    }
  }

  /** Answers OPTIONS: the allowed methods, or 404. */
  async function options(call: MockRequest): Promise<MockOutcome> {
    const answer = call.path === '*' ? undefined : await mock.answer(call);
    if (typeof answer === 'object' && answer.status !== 405) return answer;
    const allow = (typeof answer === 'object' ? answer.headers['allow'] : undefined) ?? 'POST, OPTIONS';
    return { status: 204, headers: { allow, ...preflightHeaders(cors, call.headers['origin']) }, body: '' };
  }

  function send(
    outcome: MockOutcome,
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    started: number,
  ): void {
    const method = request.method ?? '';
    if (outcome === 'connection-reset') {
      request.socket.resetAndDestroy();
      log({ method, path, status: undefined, reason: undefined, ms: performance.now() - started });
      return;
    }
    const { status, body } = outcome;
    const headers = Object.entries(outcome.headers).flat();
    if (status !== 204) {
      headers.push('content-length', String(typeof body === 'string' ? Buffer.byteLength(body) : body.length));
    }
    if (cors.length > 0) headers.push(...Object.entries(corsHeaders(cors, request.headers.origin)).flat());
    response.writeHead(status, headers);
    response.end(method === 'HEAD' ? '' : body);
    log({ method, path, status, reason: reasonIn(status, body), ms: performance.now() - started });
  }
}

/** The path of a request target in any form, without the query; `*` only for OPTIONS; undefined if invalid. */
function pathOf({ url = '', method }: IncomingMessage): string | undefined {
  if (url.startsWith('/')) {
    const query = url.indexOf('?');
    return query === -1 ? url : url.slice(0, query);
  }
  if (url === '*') return method === 'OPTIONS' ? url : undefined;
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).pathname : undefined;
}

/** The refusal of a call whose head is invalid. */
function flawOf(request: IncomingMessage): MockResponse | undefined {
  const { headers, rawHeaders, httpVersion } = request;
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === 'host') hosts++;
  }
  if (hosts > 1) return refusal(400, 'the Host header is repeated', { connection: 'close' });
  if (hosts === 0 && httpVersion === '1.1') return refusal(400, 'the Host header is missing', { connection: 'close' });
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    return refusal(417, 'the only supported expectation is 100-continue', { connection: 'close' });
  }
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    return refusal(415, 'encoded bodies are not supported; send it without Content-Encoding', {
      'accept-encoding': 'identity',
    });
  }
  return undefined;
}

function tooLarge({ headers }: IncomingMessage): MockResponse {
  // A client that waits for 100-continue will not send the body: close, or its next request would be read as the body.
  const close = headers.expect === undefined ? {} : { connection: 'close' };
  return refusal(413, `the body is over ${LARGEST_BODY} bytes`, close);
}

function isTooLarge({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > LARGEST_BODY;
}

/** Reads a body; passes a refusal if it is invalid. Does not call back if the client aborts. */
function readBody(request: IncomingMessage, then: (body: string | MockResponse) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let refused = isTooLarge(request);
  if (refused) then(tooLarge(request));
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > READ_AWAY) return request.destroy();
    if (size <= LARGEST_BODY) return chunks.push(chunk);
    if (refused) return undefined;
    refused = true;
    chunks.length = 0;
    return then(tooLarge(request));
  });
  request.on('end', () => {
    if (refused) return;
    const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    then(isUtf8(body) ? body.toString() : refusal(400, 'the body is not UTF-8'));
  });
}

/** Headers by lowercase name. In node:http only Set-Cookie is a list, and requests do not have it. */
function textHeaders({ headers }: IncomingMessage): MockRequest['headers'] {
  return headers as Readonly<Record<string, string | undefined>>;
}

/** Statuses for node:http's parse errors, by code; 400 for all others. */
const UNREADABLE: ReadonlyMap<string | undefined, string> = new Map([
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
]);

function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = UNREADABLE.get(error.code) ?? '400 Bad Request';
  const { headers, body } = refusal(Number.parseInt(status, 10), `invalid HTTP request: ${error.message}`);
  const lines = [`content-type: ${headers['content-type']}`, `content-length: ${body.length}`, 'connection: close'];
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join('\r\n')}\r\n\r\n${String(body)}`);
}
