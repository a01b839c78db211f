import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const CONTINUE = /^HTTP\/1\.[01] 100\b/;
const HEAD_LIMIT = 16_384;

/** The diagnostics channel on which undici publishes each connection, including those through a proxy. */
const CONNECTED = 'undici:client:connected';

/** Ignores `100 Continue` on all new connections to a host. @returns function to stop that */
export function ignoreContinues(host: string): () => void {
  const listen = (message: unknown): void => {
    const { connectParams, socket } = message as { connectParams: { host: string }; socket: Socket };
    if (connectParams.host === host) ignoreContinue(socket);
  };
  subscribe(CONNECTED, listen);
  return () => void unsubscribe(CONNECTED, listen);
}

/**
 * Removes each `100 Continue` from a connection: clients must ignore one they did not ask for (RFC 9110, 15.2), but undici
 * destroys the connection. undici ignores 102 and 103 itself.
 */
function ignoreContinue(socket: Socket): void {
  let held: Buffer = Buffer.alloc(0);
  let awaitsHead = true;
  const read = socket.read.bind(socket);
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.write = ((...args: unknown[]) => {
    awaitsHead = true;
    return write(...args);
  }) as Socket['write'];
  socket.read = (size?: number): Buffer | null => {
    const piece = read(size) as Buffer | null;
    if (piece === null || !awaitsHead) return piece;
    held = Buffer.concat([held, piece]);
    for (;;) {
      const text = held.subarray(0, HEAD_LIMIT).toString('latin1');
      const isBegun = CONTINUE.test(text) || 'HTTP/1.1 100'.startsWith(text);
      const end = text.indexOf('\r\n\r\n');
      if (isBegun && end === -1 && held.length < HEAD_LIMIT) return null;
      if (!isBegun || end === -1) break;
      held = held.subarray(end + 4);
      if (held.length === 0) return null;
    }
    awaitsHead = false;
    const rest = held;
    held = Buffer.alloc(0);
    return rest;
  };
}
