import PQueue from 'p-queue';
import { Agent, type Dispatcher, request as send } from 'undici';
import type { Settings } from '../settings/settings.ts';
import { decodeContent } from './content-coding.ts';
import { explainFailure } from './failure.ts';
import { type Attempt, answerOf, withRetries } from './retries.ts';
import type { HttpOutcome, HttpRequest, Target } from './target.ts';

/** The largest body that is read, coded or decoded, in bytes: no customer comes near it. */
const BODY_LIMIT = 1_048_576;

/** A server at a base URL, asked over HTTP within the settings' bounds. */
export function openLiveTarget(settings: Omit<Settings, 'properties'>): Target {
  const { baseUrl, apiKey, merchantId, timeoutMs, maxRps, concurrency } = settings;
  // The deadline of an attempt is ours (below); undici's own are set not to fire before it.
  const agent = new Agent({
    connections: concurrency,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: timeoutMs },
  });
  const queue = new PQueue({
    concurrency,
    ...(maxRps === 0 ? {} : { interval: 1000 / maxRps, intervalCap: 1 }),
  });
  const attempt = async (request: HttpRequest): Promise<Attempt> => {
    const result = await queue.add(() => ask(request, baseUrl, agent, timeoutMs));
    if (result === undefined) throw new Error('the queue dropped a request');
    return result;
  };
  return {
    kind: 'sandbox',
    host: new URL(baseUrl).host,
    apiKey,
    merchantId,
    send: (request): Promise<HttpOutcome> => withRetries(() => attempt(request)),
    close: () => agent.close(),
  };
}

async function ask(request: HttpRequest, baseUrl: string, agent: Agent, timeoutMs: number): Promise<Attempt> {
  const started = performance.now();
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const { method, path, headers, body } = request;
    const response = await send(`${baseUrl}${path}`, {
      dispatcher: agent,
      method: method as Dispatcher.HttpMethod,
      headers: { 'accept-encoding': 'gzip, deflate, br', ...headers },
      body,
      signal,
    });
    const coded = await readBody(response.body);
    const answerHeaders = joinHeaders(response.headers);
    const decoded = await decodeContent(coded, answerHeaders['content-encoding'], BODY_LIMIT);
    const ms = performance.now() - started;
    return answerOf({ status: response.statusCode, headers: answerHeaders, body: decoded, ms });
  } catch (thrown) {
    return explainFailure(thrown, { timeoutMs, ms: performance.now() - started });
  }
}

async function readBody(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new RangeError(`the body is longer than ${BODY_LIMIT} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function joinHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
