import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../fixtures/bare-environment.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';

/**
 * `node --import tsx suites/bench/answer-size.ts [KIND]`: whole runs against servers whose answers grow in one way each, from a
 * sixteenth of the largest answer that is read to nearly all of it. Prints the time for each answer, how it grows (1: as the
 * answer does), the most memory that the run had, and its largest file.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LARGEST = 1_000_000;
const SIZES = [1 / 16, 1 / 4, 1].map((part) => part * LARGEST);
const { JUSPAY_API_KEY: key = '' } = liveVariables('');

/** Fills an answer of so many bytes. @param sent what the call sent @param unique is another one for each answer */
type Fill = (bytes: number, sent: Record<string, string>, unique: number) => { status?: number; body: string };

const customer = (sent: Record<string, string>) => ({
  object: 'customer',
  id: `cst_${sent['object_reference_id']}`,
  date_created: '2024-01-01T00:00:00Z',
  last_updated: '2024-01-01T00:00:00Z',
  ...sent,
});
const many = <T>(bytes: number, each: number, make: (index: number) => T) =>
  Array.from({ length: Math.floor(bytes / each) }, (_, index) => make(index));
const withMore = (sent: Record<string, string>, more: object): ReturnType<Fill> => ({
  body: JSON.stringify({ ...customer(sent), ...more }),
});

const KINDS: Readonly<Record<string, Fill>> = {
  'people in an answer': (bytes, sent, unique) =>
    withMore(sent, {
      people: many(bytes, 100, (index) => ({
        name: `Ada ${unique} ${index}`,
        email_address: `ada${unique}.${index}@example.org`,
        mobile_number: String(7_000_000_000 + unique * 10_000 + index),
      })),
    }),
  'characters in a field': (bytes, sent) => withMore(sent, { first_name: 'y'.repeat(bytes) }),
  'fields of an answer': (bytes, sent) =>
    withMore(sent, Object.fromEntries(many(bytes, 20, (index) => [`field_${index}`, index]))),
  'tokens of an answer': (bytes, sent, unique) =>
    withMore(sent, {
      all: many(bytes, 75, (index) => ({
        client_auth_token: `tkn_${unique}_${index}_${'0123456789abcdef'.repeat(2)}`,
      })),
    }),
  'the key, repeated': (bytes, sent) => withMore(sent, { echo: many(bytes, key.length + 3, () => key) }),
  'one letter, under a 400': (bytes) => ({ status: 400, body: 'a'.repeat(bytes) }),
};

const MEASURE = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\nrss '+process.resourceUsage().maxRSS+'\\n'))`;

async function measure(fill: Fill, bytes: number) {
  let answers = 0;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    answers += 1;
    const sent = Object.fromEntries(new URLSearchParams(text));
    // What has to be refused is, so that the run goes on.
    const isOrdinary = request.headers.authorization !== undefined && (sent['object_reference_id'] ?? '').length > 7;
    const letIn = isOrdinary && answers < 3;
    const { status = isOrdinary ? 200 : 400, body } = letIn ? withMore(sent, {}) : fill(bytes, sent, answers);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const folder = mkdtempSync(join(tmpdir(), 'answers-'));
  const env = bareEnvironment({
    ...liveVariables(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
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
  server.close();
  const files = readdirSync(folder).map((name) => ({ name, size: statSync(join(folder, name)).size }));
  rmSync(folder, { recursive: true });
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
  const told = Number.isFinite(growth) ? `by ${growth.toFixed(2)}` : 'by less than this machine lets be seen';
  process.stdout.write(`${name.padEnd(24)} grows ${told}\n`);
}
