import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Of a server under load; memory in bytes, after a garbage collection. */
export interface Usage {
  readonly rss: number;
  readonly heapUsed: number;
  /** Microseconds of processor time that it has used so far. */
  readonly cpu: number;
}

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  usage(): Promise<Usage>;
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
}
