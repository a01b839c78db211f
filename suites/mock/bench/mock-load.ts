import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { customerLoad } from './customer-load.ts';

/**
 * `npm run bench:mock`: loads the mock over HTTP on this machine, and checks every answer. Prints the requests per second, median
 * and p99, the server's CPU time for each request, and its heap. With `--soak`, a million requests: fails if memory grows.
 */
const PARTS = 10;
const CONNECTIONS = 10;
/** The mock's --limit: a soak reaches it before the third part, so that memory must not grow afterwards. */
const LIMIT = 20_000;

const { values } = parseArgs({ options: { soak: { type: 'boolean' } } });
const size = (values.soak === true ? 1_000_000 : 100_000) / PARTS;

/** A server's heap in bytes after a garbage collection, and its CPU time so far in microseconds. */
interface Usage {
  readonly heap: number;
  readonly cpu: number;
}

/** Reports the usage; preloaded, so that the mock need not know about it. */
const REPORTER = `data:text/javascript,${encodeURIComponent(`
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  globalThis.gc();
  process.send({ heap: process.memoryUsage().heapUsed, cpu: user + system });
});
process.channel.unref();`)}`;

const main = fileURLToPath(new URL('../../commands/main.ts', import.meta.url));
const mock = fork(main, ['mock', '--port', '0', '--limit', String(LIMIT)], {
  execArgv: ['--expose-gc', '--import', 'tsx', '--import', REPORTER],
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
const [line] = (await once(mock.stdout ?? mock, 'data')) as [Buffer];
mock.stdout?.resume();
const pool = new Pool(/http:\/\/\S+/.exec(String(line))?.[0] ?? '', { connections: CONNECTIONS });

async function usage(): Promise<Usage> {
  const answer = once(mock, 'message');
  mock.send('usage');
  const [found] = (await answer) as [Usage];
  return found;
}

const next = customerLoad(LIMIT / 2);
const wrong: string[] = [];
const heaps: number[] = [];
for (let part = 1; part <= PARTS; part++) {
  const before = await usage();
  const times: number[] = [];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let sent = 0; sent < size / CONNECTIONS; sent++) {
        const { headers, body, check } = next();
        const asked = performance.now();
        const answer = await pool.request({ path: '/v2/customers', method: 'POST', headers, body });
        const problem = check(answer.statusCode, await answer.body.text());
        times.push(performance.now() - asked);
        if (problem !== undefined) wrong.push(problem);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const { heap, cpu } = await usage();
  times.sort((one, other) => one - other);
  heaps.push(heap);
  const [p50 = 0, p99 = 0] = [0.5, 0.99].map((at) => times[Math.floor(size * at)]);
  console.log(
    `${part}/${PARTS}: ${(size / seconds).toFixed(0)}/s, median ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${((cpu - before.cpu) / size).toFixed(0)} µs of server CPU each, heap ${(heap / 1e6).toFixed(1)} MB`,
  );
}
await pool.close();
mock.kill();
const grown = (heaps.at(-1) ?? 0) / (heaps[2] ?? 1) - 1;
console.log(`${wrong.length} answers were wrong`);
if (values.soak === true) console.log(`the heap grew by ${(grown * 100).toFixed(0)} % since the third part`);
for (const problem of wrong.slice(0, 5)) console.error(`wrong: ${problem}`);
if (wrong.length > 0 || (values.soak === true && grown > 0.05)) process.exitCode = 1;
