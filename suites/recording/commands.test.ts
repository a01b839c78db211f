import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { Report } from '../../reports/report.ts';
import { bareEnvironment } from '../fixtures/bare-environment.ts';
import { startReferenceServer } from '../fixtures/reference-server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'recording-'));
afterAll(() => rmSync(folder, { recursive: true }));

const KEYS = { apiKey: 'Canary_key_7f31', account: 'canary_merchant_91' };
const CASES = 'RQ-10/|TK-6/|GC-|EP-3/';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as a person would, with no setting but these. */
function run(args: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const env = bareEnvironment({ NO_COLOR: '1', ...settings });
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, env, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

function conform(name: string, settings: Readonly<Record<string, string>>, cases = CASES): Promise<Ended> {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--mode=conformance', '-t', cases];
  return run(args, { JUSPAY_REPORT_DIR: join(folder, name), ...settings });
}

function command(name: string, ...args: readonly string[]): Promise<Ended> {
  return run(['--import', 'tsx', 'suites/commands/main.ts', name, ...args]);
}

function reportOf(name: string): Report {
  return JSON.parse(readFileSync(join(folder, name, 'report.json'), 'utf8')) as Report;
}

test('from a sandbox run to a recording that a pipeline replays, compares, grades and watches', async () => {
  const [recording, pins, mockOptions] = ['a.har', 'pins.json', 'mock-options.json'].map((name) => join(folder, name));
  if (recording === undefined || pins === undefined || mockOptions === undefined) throw new Error('no files');
  const server = await startReferenceServer({ ...KEYS, fault: 'at-sign-in-first-name-accepted' });
  const live = await conform('live', {
    JUSPAY_TARGET: 'live',
    JUSPAY_BASE_URL: server.url,
    JUSPAY_API_KEY: KEYS.apiKey,
    JUSPAY_MERCHANT_ID: KEYS.account,
    JUSPAY_MAX_RPS: '0',
    JUSPAY_RECORD: recording,
  });
  await server.close();
  expect(live.code).toBe(1);
  expect(live.stdout).toContain(
    `\nRecorded: ${recording}; JUSPAY_TARGET=replay JUSPAY_RECORDING=${recording} npm run conformance replays it\n`,
  );

  const replayed = await conform('replay', { JUSPAY_TARGET: 'replay', JUSPAY_RECORDING: recording });
  expect(replayed.code).toBe(1);
  expect(replayed.stdout).toContain(`Replayed what the server at ${new URL(server.url).host} answered on `);
  const [one, other] = [reportOf('live'), reportOf('replay')];
  const outline = ({ cases }: Report) =>
    cases.map(({ id, verdict, findings, observation }) => [id, verdict, findings, observation]);
  expect(outline(other)).toEqual(outline(one));
  expect([other.target.kind, other.target.host]).toEqual(['replay', new URL(server.url).host]);
  expect(other.target.recording?.contractChanged).toBe(false);

  const more = await conform(
    'more',
    { JUSPAY_TARGET: 'replay', JUSPAY_RECORDING: recording },
    `${CASES}|RQ-12/at-sign`,
  );
  const unrecorded = reportOf('more').cases.filter(({ reason }) => reason === 'not recorded');
  expect(unrecorded.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['RQ-12/at-sign-for-an-existing-customer', 'not-run'],
    ['RQ-12/at-sign', 'not-run'],
  ]);
  expect(more.code).toBe(1);

  const old = join(folder, 'old.har');
  writeFileSync(old, readFileSync(recording, 'utf8').replace(one.contract.sha256, '0'.repeat(64)));
  const outdated = await conform('old', { JUSPAY_TARGET: 'replay', JUSPAY_RECORDING: old });
  expect(outdated.stdout).toContain(
    'The contract has changed since the recording was made (it was 000000000000 then): record again.',
  );
  expect(reportOf('old').target.recording?.contractChanged).toBe(true);

  const mock = await conform('mock', {});
  expect(mock.code).toBe(0);
  const [mockReport, liveReport] = ['mock', 'replay'].map((name) => join(folder, name, 'report.json'));
  const compared = await command('fidelity', mockReport ?? '', liveReport ?? '', '--observe', mockOptions);
  expect(compared.code).toBe(0);
  expect(compared.stdout).toMatch(/the mock is kinder: .*\n {2}RQ-10\/at-sign/);
  const told = await conform('told', { JUSPAY_MOCK_OPTIONS: mockOptions }, 'EP-3/');
  expect(told.code).toBe(2);
  expect(reportOf('told').cases.find(({ id }) => id === 'EP-3/json-body')?.observation).toBe('accepted with 200');

  expect((await command('pin', liveReport ?? '', pins)).code).toBe(0);
  const pinned = readFileSync(pins, 'utf8').replaceAll('accepted with 200', 'refused with 415, application/json');
  const watching = { JUSPAY_TARGET: 'replay', JUSPAY_RECORDING: recording, JUSPAY_OBSERVATIONS: pins };
  const same = await conform('same', watching, 'TK-6|EP-3');
  expect([same.code, same.stdout.includes('otherwise than when it was pinned')]).toEqual([0, false]);
  writeFileSync(pins, pinned);
  const warned = await conform('warned', watching, 'TK-6|EP-3');
  expect([warned.code, warned.stdout.includes('otherwise than when it was pinned (a warning)')]).toEqual([0, true]);
  const strict = await conform('strict', { ...watching, JUSPAY_OBSERVATIONS_STRICT: '1' }, 'TK-6|EP-3');
  expect(strict.code).toBe(1);
  // A pipeline's view of tests knows nothing else of it.
  const junit = readFileSync(join(folder, 'strict', 'junit.xml'), 'utf8');
  expect(junit).toMatch(/<testcase classname="run" name="observation\/EP-3\/[^"]*" time="0.000"><failure /);

  const graded = await command('grade', recording);
  expect(graded.code).toBe(1);
  expect(graded.stdout).toMatch(/^RQ-10 fails: /);

  const written = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  const all = [
    ...written,
    ...[live, replayed, compared, graded, strict].flatMap(({ stdout, stderr }) => [stdout, stderr]),
  ];
  const canaries = [KEYS.apiKey, KEYS.account, btoa(`${KEYS.apiKey}:`), btoa(KEYS.apiKey)];
  expect(canaries.filter((canary) => all.some((text) => text.includes(canary)))).toEqual([]);
  expect(all.some((text) => /tkn_(?!0{20})[0-9a-f]{32}/.test(text))).toBe(false);
}, 180_000);

test.each([
  ['fidelity', 'error'],
  ['pin', 'error'],
])('%s names a report that is cut down, and what it lacks', async (name, what) => {
  const file = join(folder, 'cut-down.json');
  writeFileSync(file, JSON.stringify({ schemaVersion: 1, cases: [] }));
  const { code, stderr } = await command(name, file, join(folder, 'other.json'));
  expect(code).toBe(2);
  expect(stderr).toContain(`${what}: ${file} is not a report of a conformance run:\n  - the whole must have`);
});

test('a file that is no recording ends the run in one message', async () => {
  const { code, stdout, stderr } = await conform('none', {
    JUSPAY_TARGET: 'replay',
    JUSPAY_RECORDING: 'suites/judge/customer/grading/chromium.fixture.har',
  });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    'could not judge: suites/judge/customer/grading/chromium.fixture.har: it is a HAR but no recording of this suite ' +
      '(no "log._recording"); npm run grade reads any HAR\n',
  );
});
