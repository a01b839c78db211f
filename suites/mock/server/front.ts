import { isUtf8 } from 'node:buffer';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { messageOf } from '../../../spec/setup-error.ts';
import type { AnsweringMock, MockOutcome } from '../misbehaviour/turn.ts';
import { refusal } from '../refusal.ts';
import type { MockRequest, MockResponse } from '../steps.ts';
import { ADMIN_PATH } from './admin.ts';
import { type Cors, corsHeaders, preflightHeaders } from './cors.ts';
import { type LogEntry, reasonIn } from './log.ts';

/** Bytes of a request's body. Far above any form, and low enough that nobody fills the memory. */
const LARGEST_BODY = 1_048_576;

/** Bytes of a body that is too large that are still read and thrown away, so that its sender gets to read the answer. */
const READ_AWAY = 64 * LARGEST_BODY;

/** What a server is made of. */
export interface FrontParts {
  readonly mock: AnsweringMock;
  /** Answers for ADMIN_PATH; undefined: there is no such path. */
  readonly admin?: ((request: MockRequest) => MockResponse) | undefined;
  /** Origins whose pages may read the answers. */
  readonly cors?: Cors;
  readonly log: (entry: LogEntry) => void;
}

/** A server, and how many of its calls are under way. */
export interface Front {
  readonly server: Server;
  underWay(): number;
}

/**
 * The mock over HTTP/1.1, without msw and without a framework: asked with plain data, it answers several times as many calls.
 * What the mock itself does not decide is refused as RFC 9110 and 9112 have it, with a body like the mock's other refusals.
 */
export function createFront({ mock, admin, cors = [], log }: FrontParts): Front {
  let underWay = 0;
  // node:http would refuse a call without Host with an empty body; `flawOf` does it with a body.
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

  /** What may be done at a path; where nothing is, that. */
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

/** The path of a target in any of its forms, without the query: `*` for that of OPTIONS; undefined where it is none. */
function pathOf({ url = '', method }: IncomingMessage): string | undefined {
  if (url.startsWith('/')) {
    const query = url.indexOf('?');
    return query === -1 ? url : url.slice(0, query);
  }
  if (url === '*') return method === 'OPTIONS' ? url : undefined;
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).pathname : undefined;
}

/** Why a call is refused before its body is read. */
function flawOf(request: IncomingMessage): MockResponse | undefined {
  const { headers, rawHeaders, httpVersion } = request;
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === 'host') hosts++;
  }
  if (hosts > 1) return refusal(400, 'the Host header is there twice', { connection: 'close' });
  if (hosts === 0 && httpVersion === '1.1') return refusal(400, 'the Host header is missing', { connection: 'close' });
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    return refusal(417, 'the only expectation that is met is 100-continue', { connection: 'close' });
  }
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    return refusal(415, 'a coded body is not read; send it without Content-Encoding', {
      'accept-encoding': 'identity',
    });
  }
  return undefined;
}

function tooLarge({ headers }: IncomingMessage): MockResponse {
  // Whoever waits for leave to send the body does not send it now: what comes next would be taken for it.
  const close = headers.expect === undefined ? {} : { connection: 'close' };
  return refusal(413, `the body is over ${LARGEST_BODY} bytes`, close);
}

function isTooLarge({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > LARGEST_BODY;
}

/** Reads a body to its end; a wrong one gives the refusal instead. A call that is broken off gives nothing. */
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

/** Headers by lowercase names. Only Set-Cookie is a list in node:http, and that is no request's. */
function textHeaders({ headers }: IncomingMessage): MockRequest['headers'] {
  return headers as Readonly<Record<string, string | undefined>>;
}

/** Statuses for what node:http could not read, by its error's code; everything else is a 400. */
const UNREADABLE: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = UNREADABLE[error.code ?? ''] ?? '400 Bad Request';
  const { headers, body } = refusal(Number.parseInt(status, 10), `no HTTP request that can be read: ${error.message}`);
  const lines = [`content-type: ${headers['content-type']}`, `content-length: ${body.length}`, 'connection: close'];
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join('\r\n')}\r\n\r\n${String(body)}`);
}
