import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs a module in a child process, which gets its part as its first message and sends back its results. Not in a thread,
 * because in Node.js 20 a thread does not inherit the main thread's TypeScript loader.
 */
export function inProcess<Part extends object, Found>(module: URL, part: Part): Promise<Found> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(module), {
      // In the package the module is JavaScript.
      execArgv: import.meta.url.endsWith('.ts') ? ['--import', 'tsx'] : [],
      serialization: 'advanced',
    });
    child.once('message', (found) => resolve(found as Found));
    child.once('error', reject);
    const ended = (code: number | null) => reject(new Error(`a process of the proof ended with code ${code}`));
    child.once('exit', (code) => (code === 0 ? undefined : ended(code)));
    // A long message may still be read when its process has exited; the channel closes after it.
    child.once('disconnect', () => ended(child.exitCode));
    child.send(part);
  });
}
