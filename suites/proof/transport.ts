import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { Contract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { createMock } from '../mock/mock.ts';
import { PROOF_KEYS } from '../mock/proof-keys.ts';
import type { MockResponse } from '../mock/steps.ts';
import { judge } from '../runner/judge-case.ts';
import { OPERATION, openRun } from '../runner/operation.ts';
import { type LiveSettings, openLiveTarget } from '../targets/live-target.ts';
import { FEW, type ServerVerdict, verdictOf } from './run-server.ts';

/** Sends an answer. @param count number of requests including this one */
type Send = (
  answer: MockResponse,
  request: IncomingMessage & { readonly text: string },
  response: ServerResponse,
  count: number,
) => void;

/** Faults affect every call whose first name contains a left parenthesis, so that retries do not help. */
const HIT = '%28';

function hitting(fault: Send): Send {
  return (answer, request, response, count) =>
    (request.text.includes(HIT) ? fault : plainly)(answer, request, response, count);
}

const plainly = withHeaders({});

/** Replaces the answer to every fifth request; its retry is answered. */
function nowAndThen(instead: (response: ServerResponse) => void): Send {
  // By content, because the retry could be the next fifth request, up to five times in a row.
  const hit = new Set<string>();
  return (answer, request, response, count) => {
    if (count % 5 !== 0 || hit.has(request.text)) return plainly(answer, request, response, count);
    hit.add(request.text);
    instead(response);
  };
}

/** Breaks the connection after a part of the body. @param excess bytes that Content-Length names beyond the body */
function cut(part: number, excess: number): Send {
  return hitting((answer, _, response) => {
    const body = Buffer.from(answer.body);
    response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length + excess });
    response.write(body.subarray(0, body.length * part), () => response.destroy());
  });
}

/** Sends an answer with further headers. */
function withHeaders(headers: Readonly<Record<string, string>>, encode = (body: MockResponse['body']) => body): Send {
  return (answer, _, response) => {
    response.writeHead(answer.status, { ...answer.headers, ...headers }).end(encode(answer.body));
  };
}

/** Transport faults by name: no answer arrives, although an ordinary call gets one. */
export const TRANSPORT_FAULTS: Readonly<Record<string, Send>> = {
  hang: hitting(() => {}),
  'slow-drip': hitting((answer, _, response) => {
    response.writeHead(answer.status, answer.headers);
    const timer = setInterval(() => response.write(' '), 20);
    response.once('close', () => clearInterval(timer));
  }),
  'cut-body': cut(0.5, 0),
  'length-too-long': cut(1, 10),
};

/** Permitted transport behaviour by name. */
export const TRANSPORT_VARIANTS: Readonly<Record<string, Send>> = {
  gzip: withHeaders({ 'content-encoding': 'gzip' }, gzipSync),
  chunked: (answer, _, response) => {
    const body = Buffer.from(answer.body);
    response.writeHead(answer.status, answer.headers);
    response.write(body.subarray(0, 7));
    response.end(body.subarray(7));
  },
  'connection-closed-after-each-answer': withHeaders({ connection: 'close' }),
  'busy-now-and-then': nowAndThen((response) => response.writeHead(503).end()),
  'limited-now-and-then': nowAndThen((response) => response.writeHead(429, { 'retry-after': '0' }).end()),
  'reset-now-and-then': nowAndThen((response) => response.socket?.resetAndDestroy()),
};

/** How long to wait for an answer. */
export interface Patience {
  /** Of one attempt. */
  readonly timeoutMs: number;
  readonly attempts: number;
}

/** No limits, because the server is ours and temporary. */
const UNBOUNDED = 1_000_000;
const DELAYS = { firstDelayMs: 5, longestDelayMs: 100 };

/** Judges a mock served over HTTP on loopback, by the live client without limits. */
export async function judgeOverHttp(
  contract: Contract,
  send: Send,
  { timeoutMs, attempts }: Patience,
): Promise<ServerVerdict> {
  const mock = createMock(contract.document, PROOF_KEYS);
  let count = 0;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const answer = await mock.answer({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers as Record<string, string>,
      body,
    });
    count += 1;
    send(answer, Object.assign(request, { text: body }), response, count);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const settings: LiveSettings = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...PROOF_KEYS,
    headers: [],
    operation: OPERATION,
    timeoutMs,
    maxRps: 0,
    concurrency: 16,
    maxRequests: UNBOUNDED,
    maxNewCustomers: UNBOUNDED,
    maxAnswerBytes: UNBOUNDED,
  };
  const target = openLiveTarget(settings, { retries: { attempts, ...DELAYS } });
  try {
    const run = openRun(contract, target, 'proof', FEW);
    return verdictOf(await Promise.all(allCases.map((testCase) => judge(testCase, run))));
  } finally {
    await target.close();
    server.closeAllConnections();
    server.close();
  }
}
