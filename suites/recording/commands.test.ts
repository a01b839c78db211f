import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Report } from '../../reports/report.ts';
import { fidelity } from '../commands/fidelity.ts';
import { grade } from '../commands/grade.ts';
import { pin } from '../commands/pin.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { startReferenceServer } from '../fixtures/reference-server.ts';
import { commandHere, type RunHere, runHere } from '../fixtures/run-here.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';

const KEYS = { apiKey: 'Canary_key_7f31', account: 'canary_merchant_91' };
const folder = newFolder();
const at = (...names: string[]) => join(folder, ...names);
const [recording, pins, mockOptions] = [at('a.har'), at('pins.json'), at('mock-options.json')];
const REPLAY = { JUSPAY_TARGET: 'replay', JUSPAY_RECORDING: recording };
const printed: string[] = [];

async function run(name: string, variables: Record<string, string>, pattern = /RQ-10\/|TK-6\/|GC-|EP-3\//) {
  const ran = await runHere({ JUSPAY_REPORT_DIR: at(name), ...variables }, { pattern });
  printed.push(ran.text);
  return ran;
}

/** The steps of a user who has just recorded a run against the sandbox. */
let [live, replayed]: RunHere[] = [];
let host = '';
beforeAll(async () => {
  const server = await startReferenceServer({ ...KEYS, fault: 'at-sign-in-first-name-accepted' });
  host = new URL(server.url).host;
  const keys = { JUSPAY_API_KEY: KEYS.apiKey, JUSPAY_MERCHANT_ID: KEYS.account, JUSPAY_RECORD: recording };
  live = await run('live', liveVariables(server.url, keys));
  await server.close();
  replayed = await run('replay', REPLAY);
  expect((await commandHere(pin, [at('replay', 'report.json'), pins])).exitCode).toBe(0);
}, 120_000);

test('a replay gives the same verdicts as the recorded run', () => {
  const [one, other] = [live, replayed].map((ran) => ran?.report());
  expect([live?.exitCode, replayed?.exitCode]).toEqual([1, 1]);
  expect(live?.text).toContain(
    `\nRecorded: ${recording}; juspay-conformance run --target replay --recording ${recording} replays it\n`,
  );
  expect(replayed?.text).toContain(`Replayed what the server at ${host} answered on `);
  const outline = (report?: Report) =>
    report?.cases.map(({ id, verdict, findings, observation }) => [id, verdict, findings, observation]);
  expect(outline(other)).toEqual(outline(one));
  expect(other?.target).toMatchObject({ kind: 'replay', host, recording: { contractChanged: false } });
});

test('names what was not recorded, and a contract that has changed since', async () => {
  const more = await run('more', REPLAY, /RQ-10\/|RQ-12\/at-sign(?: |-for)/);
  const unrecorded = more.report().cases.filter(({ reason }) => reason === 'not recorded');
  expect(unrecorded.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['RQ-12/at-sign-for-an-existing-customer', 'not-run'],
    ['RQ-12/at-sign', 'not-run'],
  ]);
  const { sha256 } = more.report().contract;
  writeFileSync(at('old.har'), readFileSync(recording, 'utf8').replace(sha256, '0'.repeat(64)));
  const old = await run('old', { ...REPLAY, JUSPAY_RECORDING: at('old.har') }, /EP-3/);
  expect(old.text).toContain('has changed since the recording was made (it was 000000000000 then): record again.');
  expect(old.report().target.recording?.contractChanged).toBe(true);
});

test('the mock can be set to behave like the recorded server', async () => {
  expect((await run('mock', {})).exitCode).toBe(0);
  const reports = [at('mock', 'report.json'), at('replay', 'report.json')];
  const compared = await commandHere(fidelity, reports, { observe: mockOptions });
  expect(compared.text).toMatch(/only the service fails\n {2}RQ-10\/at-sign/);
  printed.push(compared.text);
  const told = await run('told', { JUSPAY_MOCK_OPTIONS: mockOptions }, /EP-3\//);
  expect(told.report().cases.find(({ id }) => id === 'EP-3/json-body')?.observation).toBe('accepted with 200');
});

test('an observation that differs from its pin is a warning, or fails the run', async () => {
  const watching = { ...REPLAY, JUSPAY_OBSERVATIONS: pins };
  const same = await run('same', watching, /TK-6|EP-3/);
  expect([same.exitCode, same.text.includes('What changed since it was pinned')]).toEqual([0, false]);
  const text = readFileSync(pins, 'utf8');
  writeFileSync(pins, text.replaceAll('accepted with 200', 'refused with 415, application/json'));
  const warned = await run('warned', watching, /TK-6|EP-3/);
  expect([warned.exitCode, warned.text.includes('What changed since it was pinned')]).toEqual([0, true]);
  const strict = await run('strict', { ...watching, JUSPAY_OBSERVATIONS_STRICT: '1' }, /TK-6|EP-3/);
  expect(strict.exitCode).toBe(1);
  // The test view of CI systems shows only this.
  expect(readFileSync(at('strict', 'junit.xml'), 'utf8')).toMatch(
    /<testcase classname="run" name="observation\/EP-3\/[^"]*" time="0.000"><failure /,
  );
});

test('a recording is graded like any HAR, and no file or output has a secret', async () => {
  const graded = await commandHere(grade, [recording]);
  expect([graded.exitCode, graded.text]).toEqual([1, expect.stringMatching(/^RQ-10 fails: /)]);
  const written = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  const all = [...written, ...printed, graded.text];
  expect(all.length).toBeGreaterThan(20);
  const canaries = [KEYS.apiKey, KEYS.account, btoa(`${KEYS.apiKey}:`), btoa(KEYS.apiKey)];
  expect(canaries.filter((canary) => all.some((text) => text.includes(canary)))).toEqual([]);
  expect(all.some((text) => /tkn_(?!0{20})[0-9a-f]{32}/.test(text))).toBe(false);
});

test.each([fidelity, pin])('$name names an incomplete report and what it lacks', async (command) => {
  writeFileSync(at('cut-down.json'), JSON.stringify({ schemaVersion: 1, cases: [] }));
  await expect(commandHere(command, [at('cut-down.json'), at('other.json')])).rejects.toThrow(
    `${at('cut-down.json')} is not a report of a conformance run:\n  - run is missing\n`,
  );
});

test('a run that observed nothing has nothing to pin', async () => {
  await run('named', REPLAY, /RQ-12\/at-sign/);
  await expect(commandHere(pin, [at('named', 'report.json'), at('none.json')])).rejects.toThrow(
    `${at('named', 'report.json')} has nothing to pin: its run observed no open claim (`,
  );
});

test('a file that is not a recording ends the run with one message', async () => {
  const har = 'suites/judge/customer/grading/chromium.fixture.har';
  expect(await run('none', { ...REPLAY, JUSPAY_RECORDING: har })).toMatchObject({
    exitCode: 2,
    text:
      `could not judge: ${har}: it is a HAR but not a recording of this suite (no "log._recording"); npm run grade reads ` +
      'any HAR',
  });
});
