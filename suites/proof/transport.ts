import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
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

/** A transport behaviour over real HTTP. */
export interface TransportServer {
  readonly name: string;
  readonly description: string;
  readonly send: Send;
}

/** Faults affect every call whose first name contains a left parenthesis, so that retries do not help. */
const HIT = '%28';

function hitting(fault: Send): Send {
  return (answer, request, response, count) =>
    (request.text.includes(HIT) ? fault : plainly)(answer, request, response, count);
}

const plainly: Send = (answer, _, response) => {
  response.writeHead(answer.status, answer.headers).end(answer.body);
};

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

/** Transport faults: no answer arrives, although an ordinary call gets one. */
export const TRANSPORT_FAULTS: readonly TransportServer[] = [
  {
    name: 'hang',
    description: 'no answer at all',
    send: hitting(() => {}),
  },
  {
    name: 'slow-drip',
    description: 'slow bytes without an end',
    send: hitting((answer, _, response) => {
      response.writeHead(answer.status, answer.headers);
      const timer = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(timer));
    }),
  },
  {
    name: 'cut-body',
    description: 'the connection ends in the middle of the body',
    send: hitting((answer, _, response) => {
      const body = Buffer.from(answer.body);
      response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
      response.write(body.subarray(0, body.length / 2), () => response.destroy());
    }),
  },
  {
    name: 'length-too-long',
    description: 'Content-Length is larger than the body',
    send: hitting((answer, _, response) => {
      const body = Buffer.from(answer.body);
      response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length + 10 });
      response.write(body, () => response.destroy());
    }),
  },
];

/** Permitted transport behaviour. */
export const TRANSPORT_VARIANTS: readonly TransportServer[] = [
  {
    name: 'gzip',
    description: 'bodies are compressed',
    send: (answer, _, response) => {
      response.writeHead(answer.status, { ...answer.headers, 'content-encoding': 'gzip' }).end(gzipSync(answer.body));
    },
  },
  {
    name: 'chunked',
    description: 'bodies come in pieces',
    send: (answer, _, response) => {
      const body = Buffer.from(answer.body);
      response.writeHead(answer.status, answer.headers);
      response.write(body.subarray(0, 7));
      response.end(body.subarray(7));
    },
  },
  {
    name: 'connection-closed-after-each-answer',
    description: 'every answer ends its connection',
    send: (answer, _, response) => {
      response.writeHead(answer.status, { ...answer.headers, connection: 'close' }).end(answer.body);
    },
  },
  {
    name: 'busy-now-and-then',
    description: 'every fifth request gets 503',
    send: nowAndThen((response) => response.writeHead(503).end()),
  },
  {
    name: 'limited-now-and-then',
    description: 'every fifth request gets 429 with Retry-After',
    send: nowAndThen((response) => response.writeHead(429, { 'retry-after': '0' }).end()),
  },
  {
    name: 'reset-now-and-then',
    description: 'every fifth request is reset',
    send: nowAndThen((response) => response.socket?.resetAndDestroy()),
  },
];

/** Timeout of one attempt in milliseconds: far more than needed here, but still short. */
const TIMEOUT = 2500;

/** No limits, because the server is ours and temporary. */
const UNBOUNDED = 1_000_000;
const RETRIES = { attempts: 8, firstDelayMs: 5, longestDelayMs: 100 };

/** Judges a mock served over HTTP on loopback, by the live client without limits. */
export async function judgeOverHttp(contract: Contract, { send }: TransportServer): Promise<ServerVerdict> {
  const mock = createMock(contract.document, PROOF_KEYS);
  let count = 0;
  const server = createServer(async (request, response) => {
    const text = await readText(request);
    const answer = await mock.answer({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers as Record<string, string>,
      body: text,
    });
    count += 1;
    send(answer, Object.assign(request, { text }), response, count);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const settings: LiveSettings = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...PROOF_KEYS,
    headers: [],
    operation: OPERATION,
    timeoutMs: TIMEOUT,
    maxRps: 0,
    concurrency: 16,
    maxRequests: UNBOUNDED,
    maxNewCustomers: UNBOUNDED,
    maxAnswerBytes: UNBOUNDED,
  };
  const target = openLiveTarget(settings, { retries: RETRIES });
  try {
    const run = openRun(contract, target, 'proof', FEW);
    return verdictOf(await Promise.all(allCases.map((testCase) => judge(testCase, run))));
  } finally {
    await target.close();
    server.closeAllConnections();
    server.close();
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
