import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Of a server under load, after a garbage collection; in bytes. */
export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
  /** Lines of its log so far. */
  readonly lines: number;
}

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

/** Starts a module of this folder that prints its address when it listens. @throws Error where it ends instead */
export async function startServer(module: string, args: readonly string[] = []): Promise<ServerProcess> {
  const child = fork(fileURLToPath(new URL(module, import.meta.url)), [...args], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const printed = child.stdout === null ? ended : once(child.stdout.setEncoding('utf8'), 'data');
  const [url] = await Promise.race([printed, ended]);
  if (typeof url !== 'string') throw new Error(`${module} ended with ${String(url)} before it listened`);
  return {
    url: url.trim(),
    async memory() {
      const answer = once(child, 'message');
      child.send('memory');
      const [memory] = (await answer) as [Memory];
      return memory;
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}
