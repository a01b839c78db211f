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

/** Sends an answer in a way of its own. @param count of requests so far, this one included */
type Send = (
  answer: MockResponse,
  request: IncomingMessage & { readonly text: string },
  response: ServerResponse,
  count: number,
) => void;

/** A behaviour of the transport, over real HTTP. */
export interface TransportServer {
  readonly name: string;
  readonly description: string;
  readonly send: Send;
}

/** Faults hit the calls whose first name has a left parenthesis, each time, so that no repetition helps. */
const HIT = '%28';

function hitting(fault: Send): Send {
  return (answer, request, response, count) =>
    (request.text.includes(HIT) ? fault : plainly)(answer, request, response, count);
}

const plainly: Send = (answer, _, response) => {
  response.writeHead(answer.status, answer.headers).end(answer.body);
};

/** Every fifth request gets something else first; its repetition is answered. */
function nowAndThen(instead: (response: ServerResponse) => void): Send {
  // By what is asked: were any fifth request hit, a repetition could be the next fifth, five times in a row.
  const hit = new Set<string>();
  return (answer, request, response, count) => {
    if (count % 5 !== 0 || hit.has(request.text)) return plainly(answer, request, response, count);
    hit.add(request.text);
    instead(response);
  };
}

/** What a server can do to an answer that is right: no answer comes, though an ordinary call gets one. */
export const TRANSPORT_FAULTS: readonly TransportServer[] = [
  {
    name: 'hang',
    description: 'no answer at all',
    send: hitting(() => {}),
  },
  {
    name: 'slow-drip',
    description: 'a byte now and then, never the last one',
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
    description: 'Content-Length promises more than comes',
    send: hitting((answer, _, response) => {
      const body = Buffer.from(answer.body);
      response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length + 10 });
      response.write(body, () => response.destroy());
    }),
  },
];

/** What a right server may do to its answers. */
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
    description: 'every fifth request meets a reset',
    send: nowAndThen((response) => response.socket?.resetAndDestroy()),
  },
];

/** Time limit of one attempt, in milliseconds: far above what this machine needs, far below what a person waits. */
const TIMEOUT = 2500;

/** The server is ours, and gone in a moment: it need not be spared. */
const UNBOUNDED = 1_000_000;
const RETRIES = { attempts: 8, firstDelayMs: 5, longestDelayMs: 100 };

/** Judges a mock that is served over real HTTP on loopback, by the client of live runs; their limits are out of reach. */
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
