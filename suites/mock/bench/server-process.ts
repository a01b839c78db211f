import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Resource usage of a server; memory in bytes, after a garbage collection. */
export interface Usage {
  readonly rss: number;
  readonly heapUsed: number;
  /** CPU time so far in microseconds, without that collection. */
  readonly cpu: number;
}

/** A server in a separate process. */
export interface ServerProcess {
  readonly url: string;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Reports the usage; preloaded, so that the server's module need not know about it. */
const REPORTER = `data:text/javascript,${encodeURIComponent(`
let collecting = 0;
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  globalThis.gc();
  const after = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send({ rss, heapUsed, cpu: user + system - collecting });
  collecting += after.user + after.system - user - system;
});
process.channel.unref();`)}`;

/**
 * Starts a server that takes its port as the last argument. Discards its output, so that the terminal's speed does not matter.
 * @throws Error if it exits before it listens
 */
export async function startServer(module: string, args: readonly string[], imports: readonly string[] = []) {
  const port = await freePort();
  const child = fork(module, [...args, String(port)], {
    execArgv: ['--expose-gc', ...[REPORTER, ...imports].flatMap((name) => ['--import', name])],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`${module} ended with ${child.exitCode} before it listened`);
    await pause(20);
  }
  const server: ServerProcess = {
    url: `http://127.0.0.1:${port}`,
    async usage() {
      const answer = once(child, 'message');
      child.send('usage');
      const [usage] = (await answer) as [Usage];
      return usage;
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
  return server;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
