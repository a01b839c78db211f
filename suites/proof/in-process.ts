import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** A process's part of a list: every n-th. */
export interface Part {
  readonly part: number;
  readonly parts: number;
}

/** Which random servers to judge. */
export interface Samples {
  readonly seed: number;
  readonly samples: number;
}

/** The first message to a process: its part of the proof, or of the random servers. */
export type Task = Part & Partial<Samples>;

/**
 * Divides the proof, or the judging of random servers, among as many child processes as there are cores. Not among threads,
 * because in Node.js 20 a thread does not inherit the main thread's TypeScript loader.
 */
export function inProcesses<Found>(samples: Partial<Samples> = {}): Promise<Found[]> {
  const parts = availableParallelism();
  return Promise.all(Array.from({ length: parts }, (_, part) => inProcess<Found>({ ...samples, part, parts })));
}

function inProcess<Found>(task: Task): Promise<Found> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./prove-process.ts', import.meta.url)), {
      // Room for what a server's calls leave behind saves a tenth of the time. In the package the module is JavaScript.
      execArgv: ['--max-semi-space-size=64', ...(import.meta.url.endsWith('.ts') ? ['--import', 'tsx'] : [])],
      serialization: 'advanced',
    });
    child.once('message', (found) => resolve(found as Found));
    child.once('error', reject);
    const ended = (code: number | null) => reject(new Error(`a process of the proof ended with code ${code}`));
    child.once('exit', (code) => (code === 0 ? undefined : ended(code)));
    // A long message may still be read when its process has exited; the channel closes after it.
    child.once('disconnect', () => ended(child.exitCode));
    child.send(task);
  });
}
