import { Agent, type Dispatcher, ProxyAgent, request as send } from 'undici';
import { type ProxyInUse, proxyFor } from '../settings/proxy.ts';
import type { Settings } from '../settings/settings.ts';
import { decodeContent } from './content-coding.ts';
import { ignoreContinues } from './early-answers.ts';
import { explainFailure } from './failure.ts';
import type { Attempt } from './retries.ts';
import type { HttpRequest } from './target.ts';

/** Settings of a client. */
type ClientSettings = Pick<Settings, 'baseUrl' | 'timeoutMs' | 'concurrency' | 'maxAnswerBytes'>;

/** Sends one request to a server. Follows no redirects and keeps no cookies. */
export interface Client {
  ask(request: HttpRequest): Promise<Attempt>;
  close(): Promise<void>;
}

/** A client for one base URL. Respects HTTPS_PROXY and NO_PROXY, except for loopback. */
export function openClient(settings: ClientSettings): Client {
  const { baseUrl, timeoutMs, concurrency } = settings;
  // We enforce the timeout below; undici's own ones must not fire earlier.
  const options = { connections: concurrency, headersTimeout: 0, bodyTimeout: 0, connect: { timeout: timeoutMs } };
  const proxy = proxyFor(baseUrl, process.env);
  const agent =
    proxy === undefined
      ? new Agent(options)
      : new ProxyAgent({ ...options, uri: proxy.url, proxyTls: { timeout: timeoutMs } });
  const heedContinues = ignoreContinues(new URL(baseUrl).host);
  const way: Way = { ...settings, agent, proxy, reached: false };
  return {
    ask: (request) => ask(request, way),
    close() {
      heedContinues();
      return agent.destroy();
    },
  };
}

/** Everything needed to send a request. */
interface Way extends ClientSettings {
  readonly agent: Dispatcher;
  readonly proxy: ProxyInUse | undefined;
  /** Whether the server has answered before. */
  reached: boolean;
}

async function ask(request: HttpRequest, way: Way): Promise<Attempt> {
  const { baseUrl, agent, timeoutMs, maxAnswerBytes } = way;
  const started = performance.now();
  const deadline = new AbortController();
  // Not AbortSignal.timeout(), which does not keep the process alive while waiting for a hung server.
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  try {
    const { method, path, headers, body } = request;
    const response = await beforeAbort(
      deadline.signal,
      send(`${baseUrl}${path}`, {
        dispatcher: agent,
        method: method as Dispatcher.HttpMethod,
        headers: { 'accept-encoding': 'gzip, deflate, br', ...inLines(headers) },
        body,
        signal: deadline.signal,
      }),
    );
    way.reached = true;
    const coded = await readBody(response.body, maxAnswerBytes);
    const answerHeaders = joinHeaders(response.headers);
    const decoded = await decodeContent(coded, answerHeaders['content-encoding'], maxAnswerBytes);
    const ms = performance.now() - started;
    return { kind: 'answer', status: response.statusCode, headers: answerHeaders, body: decoded, ms };
  } catch (thrown) {
    return explainFailure(thrown, { ...way, ms: performance.now() - started, timedOut: deadline.signal.aborted });
  } finally {
    clearTimeout(timer);
  }
}

/** undici ignores the signal while a proxy opens a tunnel. @throws the abort's reason */
function beforeAbort<T>(signal: AbortSignal, sending: Promise<T>): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([sending, aborted]);
}

async function readBody(body: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw new RangeError(`the body is longer than ${limit} bytes (JUSPAY_MAX_ANSWER_BYTES)`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Credentials with line breaks are sent as several headers. */
function inLines({ authorization, ...headers }: HttpRequest['headers']): Record<string, string | string[]> {
  return authorization === undefined ? headers : { ...headers, authorization: authorization.split('\n') };
}

function joinHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
