import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const CONTINUE = /^HTTP\/1\.[01] 100\b/;
const HEAD_LIMIT = 16_384;

/** What undici tells of each connection, also of those that a proxy passes on. */
const CONNECTED = 'undici:client:connected';

/** Does without them on every connection to a host from now on. @returns ends that */
export function ignoreContinues(host: string): () => void {
  const listen = (told: unknown): void => {
    const { connectParams, socket } = told as { connectParams: { host: string }; socket: Socket };
    if (connectParams.host === host) ignoreContinue(socket);
  };
  subscribe(CONNECTED, listen);
  return () => void unsubscribe(CONNECTED, listen);
}

/**
 * Takes out of a connection each `100 Continue` before an answer: a client has to ignore one that it did not ask for
 * (RFC 9110, 15.2), and undici breaks the connection instead. It ignores 102 and 103 itself.
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
