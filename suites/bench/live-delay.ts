import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { liveVariables, startRun } from '../fixtures/spawned-run.ts';

/**
 * Measures a whole live run, including process start, against a server that answers after a delay, and compares it with the
 * minimum: requests x delay / concurrency. Prints one line per concurrency, with the ratio.
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
  if (code !== 0) throw new Error(`the run ended with ${code}: ${report.summary}`);
  // Plus two for the preflight, which the report does not count.
  const requests = report.requests + 2;
  const least = (requests * DELAY_MS) / concurrency;
  process.stdout.write(
    `concurrency ${concurrency}: ${requests} requests in ${(ms / 1000).toFixed(2)} s (${((ms - report.ms) / 1000).toFixed(2)} s of them process start and exit), minimum ${(least / 1000).toFixed(2)} s, ratio ${(ms / least).toFixed(2)}\n`,
  );
  return ms / least;
}

// In a separate process, so that serving does not slow the run.
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
  // Above 4, process start dominates, so that ratio is only printed.
  for (const concurrency of [1, 4]) ratios.push(await measure(url, concurrency));
  await measure(url, 8);
  process.exitCode = ratios.every((ratio) => ratio <= ALLOWED) ? 0 : 1;
} finally {
  server.kill();
}
