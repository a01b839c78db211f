import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { customerLoad } from './customer-load.ts';
import { callWith, type LoadFigures, load } from './load.ts';
import { startServer } from './server-process.ts';

const HELP = `Loads the mock over HTTP, on this machine alone, and checks every answer.

Usage: npm run bench:mock -- [--requests N] [--limit N] [--state]

  --requests N   default 100000, at most 1000000
  --limit N      customers that the mock keeps in memory, at least 20000; default 50000
  --state        keep them in a file instead

Ends with 1 where an answer was wrong or missing.`;

/** A load in as many parts: memory is read between them. */
const PARTS = 10;
const MB = 1_048_576;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    limit: { type: 'string', default: '50000' },
    state: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const requests = Number(values.requests);
const limit = Number(values.limit);
if (values.help) {
  console.log(HELP);
} else if (!(requests >= PARTS && requests <= 1_000_000) || !(limit >= 20_000)) {
  console.error(`bench:mock: --requests "${values.requests}" or --limit "${values.limit}" is out of range; see --help`);
  process.exitCode = 2;
} else {
  await bench();
}

async function bench(): Promise<void> {
  const before = await benchBare();
  const wrong = await benchMock(before);
  if (wrong > 0) process.exitCode = 1;
}

/** @returns requests per second */
async function benchBare(): Promise<number> {
  const bare = await startServer('bare-server.ts');
  const figures = await load(bare.url, Math.min(requests, 100_000), () =>
    callWith({ object_reference_id: 'load-00000000', mobile_number: '9000000000' }, (status) =>
      status === 200 ? undefined : `status ${status}`,
    ),
  );
  await bare.stop();
  console.log(`bare node:http  ${describe(figures)}`);
  return figures.requestsPerSecond;
}

/** @returns how many answers were wrong or missing */
async function benchMock(bareSpeed: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-load-'));
  const file = join(folder, 'customers');
  const mock = await startServer('mock-server.ts', [String(limit), values.state ? file : '']);
  const next = customerLoad();
  let wrong = 0;
  let seconds = 0;
  for (let part = 1; part <= PARTS; part++) {
    const figures = await load(mock.url, Math.floor(requests / PARTS), next);
    const { rss, heapUsed } = await mock.memory();
    const memory = `heap ${(heapUsed / MB).toFixed(0)} MB, resident ${(rss / MB).toFixed(0)} MB`;
    const size = existsSync(file) ? `, file ${(statSync(file).size / MB).toFixed(0)} MB` : '';
    console.log(`mock ${String(part).padStart(2)}/${PARTS}      ${describe(figures)}; ${memory}${size}`);
    for (const flaw of figures.wrong) console.error(`wrong: ${flaw}`);
    wrong += figures.wrongCount + figures.unanswered;
    seconds += figures.seconds;
  }
  await mock.stop();
  rmSync(folder, { recursive: true });
  const speed = (Math.floor(requests / PARTS) * PARTS) / seconds;
  const share = ((speed / bareSpeed) * 100).toFixed(0);
  console.log(
    `mock in all     ${speed.toFixed(0)} requests/s, ${share} % of bare node:http; ${wrong} answers wrong or missing`,
  );
  return wrong;
}

function describe({ requests, requestsPerSecond, median, p99, unanswered, wrongCount }: LoadFigures): string {
  const speed = `${requests} requests, ${requestsPerSecond.toFixed(0)}/s, median ${median} ms, p99 ${p99} ms`;
  return `${speed}, ${unanswered} unanswered, ${wrongCount} wrong`;
}
