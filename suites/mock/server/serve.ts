import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { RequestHandler } from 'msw';
import { SetupError } from '../../../spec/setup-error.ts';
import { createApp } from './app.ts';
import type { LogEntry } from './log.ts';

/** What to serve, and where. */
export interface ServeOptions {
  readonly handlers: readonly RequestHandler[];
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly admin?: Hono | undefined;
  readonly log?: (entry: LogEntry) => void;
}

/** A server that listens. */
export interface Served {
  /** Without a slash at the end. */
  readonly url: string;
  /** Takes no new connections, and gives those under way a second to end. */
  close(): Promise<void>;
}

/** Milliseconds. */
const GRACE = 1000;

/**
 * Serves handlers over HTTP. By @hono/node-server, since it is kept up with Node's releases, answers `fetch` style
 * functions (which msw's are) without a framework between, and lets a connection be reset, which msw's own middleware for
 * Express does not.
 * @throws SetupError
 */
export async function serve({ handlers, host, port, admin, log = () => {} }: ServeOptions): Promise<Served> {
  const app = createApp({ handlers, admin, log });
  // Global classes stay as they are: msw's answers are of Node's own Response.
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { url: `http://${shown}:${address.port}`, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): SetupError {
  const where = `cannot listen on ${host} port ${port}`;
  switch (error.code) {
    case 'EADDRINUSE':
      return new SetupError(`${where}: the port is in use; choose another with --port, or --port 0 for any free one`);
    case 'EACCES':
      return new SetupError(`${where}: not permitted; choose a port above 1023 with --port`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new SetupError(`${where}: this machine has no such address; choose another with --host`);
    default:
      return new SetupError(`${where}: ${error.message}`);
  }
}
