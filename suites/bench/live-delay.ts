import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { liveVariables, removeFolders, startRun } from '../fixtures/spawned-run.ts';

/**
 * How long a whole live run takes, start of the process included, against a server that answers after a delay, compared
 * with the least that it can take: requests x delay / concurrency. Prints one line a concurrency, and the ratio.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DELAY_MS = 100;
const ALLOWED = 1.3;

async function measure(url: string, concurrency: number): Promise<number> {
  const started = performance.now();
  const run = startRun(liveVariables(url, { JUSPAY_CONCURRENCY: String(concurrency) }));
  const code = await run.ended();
  const ms = performance.now() - started;
  const report = run.report();
  removeFolders();
  if (code !== 0) throw new Error(`the run ended with ${code}: ${report.summary}`);
  // The preflight's two are not among the cases' requests.
  const requests = report.requests + 2;
  const least = (requests * DELAY_MS) / concurrency;
  process.stdout.write(
    `concurrency ${concurrency}: ${requests} requests in ${(ms / 1000).toFixed(2)} s (${((ms - report.ms) / 1000).toFixed(2)} s of them starting and ending the process), the least is ${(least / 1000).toFixed(2)} s, ratio ${(ms / least).toFixed(2)}\n`,
  );
  return ms / least;
}

// In a process of its own: answering takes time that is not the run's.
const server = spawn(
  process.execPath,
  [
    '--import',
    'tsx',
    '--input-type=module',
    '-e',
    `const { startReferenceServer } = await import(${JSON.stringify(new URL('../fixtures/reference-server.ts', import.meta.url).href)});
     console.log((await startReferenceServer({ delayMs: ${DELAY_MS} })).url);`,
  ],
  { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
);
try {
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  const url = line.toString().trim();
  const ratios = [];
  // The default, and one at a time. With more at once the run gets so short that starting the process counts for more.
  for (const concurrency of [1, 4]) ratios.push(await measure(url, concurrency));
  await measure(url, 8);
  process.exitCode = ratios.every((ratio) => ratio <= ALLOWED) ? 0 : 1;
} finally {
  server.kill();
}
