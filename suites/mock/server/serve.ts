import type { AddressInfo } from 'node:net';
import { SetupError } from '../../../spec/setup-error.ts';
import { createFront, type Front, type FrontParts } from './front.ts';

/** Options of `serve`. */
export interface ServeOptions extends Omit<FrontParts, 'log'> {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly log?: FrontParts['log'];
}

/** A listening server. */
export interface Served {
  /** Without a trailing slash. */
  readonly url: string;
  /** Stops accepting connections, and gives calls in progress a second to finish. */
  close(): Promise<void>;
}

/** Milliseconds. */
const GRACE = 1000;

/** Serves the mock over HTTP. @throws SetupError if it cannot listen on the address */
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

/** Closes idle and unused connections as soon as no call is in progress. */
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
