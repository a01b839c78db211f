import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../fixtures/bare-environment.ts';
import { type Fill, KINDS, startGrowingServer } from '../fixtures/growing-server.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';

/**
 * `node --import tsx suites/bench/answer-size.ts [KIND]`: whole runs against servers whose answers grow, each in one way, from a
 * sixteenth of the size limit to nearly the limit. Prints time per answer, its growth exponent (1: linear), peak memory, and
 * the largest file.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LARGEST = 1_000_000;
const SIZES = [1 / 16, 1 / 4, 1].map((part) => part * LARGEST);

const MEASURE = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\nrss '+process.resourceUsage().maxRSS+'\\n'))`;

async function measure(fill: Fill, bytes: number) {
  const server = await startGrowingServer(fill, bytes);
  const folder = newFolder();
  const env = bareEnvironment({
    ...liveVariables(server.url),
    JUSPAY_REPORT_DIR: folder,
    JUSPAY_RECORD: join(folder, 'run.har'),
    JUSPAY_TIMEOUT_MS: '60000',
  });
  const started = performance.now();
  const args = ['--import', MEASURE, 'suites/runner/start.mjs'];
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (piece) => {
    stderr += piece;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const ms = performance.now() - started;
  const { answers } = server;
  await server.close();
  const files = readdirSync(folder).map((name) => ({ name, size: statSync(join(folder, name)).size }));
  const largest = files.reduce((one, other) => (other.size > one.size ? other : one), { name: 'none', size: 0 });
  const rss = Number(/\nrss (\d+)\n/.exec(stderr)?.[1]) / 1024;
  return { code, ms, answers, rss, largest };
}

const [wanted = ''] = process.argv.slice(2);
for (const [name, fill] of Object.entries(KINDS)) {
  if (!name.includes(wanted)) continue;
  const times: number[] = [];
  for (const bytes of SIZES) {
    const { code, ms, answers, rss, largest } = await measure(fill, bytes);
    times.push(ms / answers);
    const size = `${largest.name} ${(largest.size / 1e6).toFixed(1)} MB`;
    process.stdout.write(
      `${name.padEnd(24)} ${String(bytes).padStart(8)} bytes  exit ${code}  ${answers} answers  ${(ms / answers).toFixed(1)} ms each  ${rss.toFixed(0)} MB  ${size}\n`,
    );
  }
  const [first = 0, middle = 0, last = 0] = times;
  const growth = Math.log((last - first) / (middle - first)) / Math.log(5);
  const shown = Number.isFinite(growth) ? `with exponent ${growth.toFixed(2)}` : 'too little to measure';
  process.stdout.write(`${name.padEnd(24)} grows ${shown}\n`);
}
