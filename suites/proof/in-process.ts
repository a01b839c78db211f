import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs a module in a process of its own: it takes its part as its first message and sends back what it found. Not a thread:
 * one of Node.js 20 does not take over how the main thread loads TypeScript.
 */
export function inProcess<Part extends object, Found>(module: URL, part: Part): Promise<Found> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(module), {
      // The package has it as JavaScript.
      execArgv: import.meta.url.endsWith('.ts') ? ['--import', 'tsx'] : [],
      serialization: 'advanced',
    });
    child.once('message', (found) => resolve(found as Found));
    child.once('error', reject);
    const ended = (code: number | null) => reject(new Error(`a process of the proof ended with code ${code}`));
    child.once('exit', (code) => (code === 0 ? undefined : ended(code)));
    // A long message is still being read when its process has ended well; the channel closes after it.
    child.once('disconnect', () => ended(child.exitCode));
    child.send(part);
  });
}
