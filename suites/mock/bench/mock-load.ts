import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { customerLoad } from './customer-load.ts';
import { type LoadCall, type LoadFigures, load } from './load.ts';
import { type ServerProcess, startServer, type Usage } from './server-process.ts';

const HELP = `Loads the mock over HTTP, only on this machine, and checks every answer. Alternates with a bare node:http server
that answers a constant, so that a busy machine slows both.

Usage: npm run bench:mock -- [--requests N] [--soak] [--state]

  --requests N   default 100000, at most 10000000
  --soak         a million requests; fails if memory grows
  --state        keep the customers in a file instead of in memory

Exits with 1 if an answer was wrong, or if memory grew with --soak.`;

/** The servers alternate between the parts of a load, and memory is measured after each. */
const PARTS = 10;
/** The mock's --limit: reached early, so that memory must not grow afterwards. */
const LIMIT = 20_000;
const MB = 1_048_576;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    soak: { type: 'boolean', default: false },
    state: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const requests = values.soak ? 1_000_000 : Number(values.requests);
if (values.help) {
  console.log(HELP);
} else if (!(requests >= 1000 && requests <= 10_000_000)) {
  console.error(`bench:mock: --requests is "${values.requests}"; give a number from 1000 to 10000000`);
  process.exitCode = 2;
} else {
  await bench();
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-load-'));
  const file = join(folder, 'customers');
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  // Measure the published build.
  const dist = join(folder, 'dist');
  execFileSync(process.execPath, ['--import', 'tsx', here('../../maintenance/build.ts'), '--out', dist]);
  copyFileSync(here('../../../package.json'), join(folder, 'package.json'));
  const bare = await startServer(here('bare-server.ts'), [], ['tsx']);
  const state = values.state ? ['--state', file] : [];
  const mock = await startServer(join(dist, 'cli.js'), ['mock', '--limit', String(LIMIT), ...state, '--port']);
  const next = customerLoad(LIMIT / 2);
  const constant = next();
  const ratios: number[] = [];
  const cpuRatios: number[] = [];
  const heap: number[] = [];
  let wrong = 0;
  try {
    for (let part = 1; part <= PARTS; part++) {
      const size = Math.floor(requests / PARTS);
      const usual = await measure(bare, Math.min(size, 20_000), () => ({ ...constant, check: is200 }));
      const figures = await measure(mock, size, next);
      const { rss, heapUsed } = figures;
      const kept = existsSync(file) ? `, file ${(statSync(file).size / MB).toFixed(0)} MB` : '';
      console.log(`${String(part).padStart(2)}/${PARTS} bare node:http  ${describe(usual)}`);
      console.log(`      the mock        ${describe(figures)}`);
      console.log(
        `      memory          heap ${(heapUsed / MB).toFixed(1)} MB, resident ${(rss / MB).toFixed(0)} MB${kept}`,
      );
      for (const flaw of figures.wrong) console.error(`wrong: ${flaw}`);
      wrong += figures.wrongCount + usual.wrongCount;
      ratios.push(figures.requestsPerSecond / usual.requestsPerSecond);
      cpuRatios.push(usual.cpuPerRequest / figures.cpuPerRequest);
      heap.push(heapUsed);
    }
  } finally {
    await Promise.all([mock.stop(), bare.stop()]);
    rmSync(folder, { recursive: true });
  }
  const speed = `${percent(median(ratios))} of bare node:http's throughput (${percent(median(cpuRatios))} by CPU time)`;
  console.log(`the mock has ${speed}; ${wrong} answers were wrong`);
  // The mock reaches its limit of customers by the third part.
  const grown = (heap.at(-1) ?? 0) / (heap[2] ?? 1) - 1;
  if (values.soak) console.log(`heap growth from the third part to the last: ${percent(grown)}`);
  if (wrong > 0 || (values.soak && grown > 0.05)) process.exitCode = 1;
}

/** Results of a load, and its cost to the server. */
interface Measured extends LoadFigures, Usage {
  /** Microseconds. */
  readonly cpuPerRequest: number;
}

async function measure(server: ServerProcess, amount: number, next: () => LoadCall): Promise<Measured> {
  const before = await server.usage();
  const figures = await load(server.url, amount, next);
  const after = await server.usage();
  return { ...figures, ...after, cpuPerRequest: (after.cpu - before.cpu) / amount };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(0)} %`;
}

function is200(status: number): string | undefined {
  return status === 200 ? undefined : `bare node:http answered ${status}`;
}

function describe({ requestsPerSecond, p50, p99, clientBusy, wrongCount, cpuPerRequest }: Measured): string {
  const speed = `${requestsPerSecond.toFixed(0).padStart(6)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
  const cost = `${cpuPerRequest.toFixed(0)} µs of server CPU each, client ${percent(clientBusy)} busy`;
  return `${speed}, ${wrongCount} wrong; ${cost}`;
}
