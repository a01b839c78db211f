import type { AddressInfo } from 'node:net';
import { SetupError } from '../../../spec/setup-error.ts';
import { createFront, type Front, type FrontParts } from './front.ts';

/** What to serve, and where. */
export interface ServeOptions extends Omit<FrontParts, 'log'> {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly log?: FrontParts['log'];
}

/** A server that listens. */
export interface Served {
  /** Without a slash at the end. */
  readonly url: string;
  /** Takes no new connections, and gives the calls under way, if there are any, a second to end. */
  close(): Promise<void>;
}

/** Milliseconds. */
const GRACE = 1000;

/** Serves the mock over HTTP. @throws SetupError where it cannot listen there */
export async function serve({ host, port, log = () => {}, ...parts }: ServeOptions): Promise<Served> {
  const front = createFront({ ...parts, log });
  const { server } = front;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { url: `http://${shown}:${address.port}`, close: () => close(front) };
}

/** Connections that clients keep open, or have opened and not used, are closed as soon as no call is under way. */
function close({ server, underWay }: Front): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(impatience);
      clearInterval(looking);
      resolve();
    });
    const closeIfIdle = () => underWay() === 0 && server.closeAllConnections();
    const looking = setInterval(closeIfIdle, 10);
    const impatience = setTimeout(() => server.closeAllConnections(), GRACE);
    closeIfIdle();
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
