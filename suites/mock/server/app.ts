import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { getResponse, type RequestHandler } from 'msw';
import { ADMIN_PATH } from './admin.ts';
import { type LogEntry, reasonIn } from './log.ts';

/** Bytes of a request's body. Far above any form, and low enough that nobody fills the memory. */
const LARGEST_BODY = 1_048_576;

/** What the server is made of. */
export interface AppParts {
  readonly handlers: readonly RequestHandler[];
  /** Undefined: there is no such path. */
  readonly admin: Hono | undefined;
  readonly log: (entry: LogEntry) => void;
}

type Environment = { Bindings: HttpBindings };

/** The handlers as an HTTP application: with a log, a limit for bodies, and resets that reset the connection. */
export function createApp({ handlers, admin, log }: AppParts): Hono<Environment> {
  const app = new Hono<Environment>();
  app.use(async (context, next) => {
    const started = performance.now();
    await next();
    const { method, path } = context.req;
    const ms = performance.now() - started;
    if (context.res === RESPONSE_ALREADY_SENT) return log({ method, path, status: undefined, reason: undefined, ms });
    const { status } = context.res;
    const reason = status < 400 ? undefined : reasonIn(status, await context.res.clone().text());
    log({ method, path, status, reason, ms });
  });
  if (admin !== undefined) app.route(ADMIN_PATH, admin);
  app.all('*', async (context) => {
    const request = await complete(context.req.raw, context.env.incoming);
    if (request === undefined) return refuse(413, `the body is over ${LARGEST_BODY} bytes`, { connection: 'close' });
    const response = await getResponse([...handlers], request);
    if (response === undefined) return refuse(404, `nothing at ${context.req.path}`);
    if (response.type !== 'error') return response;
    context.env.incoming.socket.resetAndDestroy();
    return RESPONSE_ALREADY_SENT;
  });
  app.onError((error) => refuse(500, `a defect of the mock: ${error.message}`));
  return app;
}

/**
 * The request with its body read, as one of Node's own: msw clones requests, and the server library's are only alike.
 * @returns undefined where the body is too large
 */
async function complete({ url, method, headers }: Request, incoming: HttpBindings['incoming']) {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  const bodiless = method === 'GET' || method === 'HEAD';
  return new Request(url, { method, headers, body: bodiless ? null : Buffer.concat(chunks) });
}

function refuse(status: number, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ status: 'error', error_code: 'refused', error_message: message }, { status, headers });
}
