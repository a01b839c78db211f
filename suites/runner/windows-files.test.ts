import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostileReport } from '../../reports/fixtures/kinds-of-reports.ts';
import { readPins } from '../../reports/observation-pins.ts';
import { readProof, readReport } from '../../reports/read-report.ts';
import { loadClaims } from '../../spec/claims.ts';
import { CONTRACT_FILES, loadContract } from '../../spec/contract.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { readMockOptions } from '../mock/options-file.ts';
import { readHar } from '../recording/har.ts';
import { readRecording } from '../recording/recording.ts';
import { loadEnvironment } from '../settings/environment.ts';
import { readHeaders } from '../settings/headers.ts';
import { loadWaivers } from '../waivers/load-waivers.ts';

const folder = newFolder();
const har = new URL('../judge/customer/grading/chromium.fixture.har', import.meta.url);
const json = (value: unknown) => JSON.stringify(value, null, 2);
const RECORDING = {
  ...{ format: 1, recorded: '2026-05-02T10:11:12Z', host: 'api.test', baseUrl: 'http://api.test', nonce: '00' },
  ...{ contract: { version: '1.0.0', sha256: '0'.repeat(64) }, tokens: [], unwritable: [] },
};

/** A file with these line endings and prefix, as checkouts and some editors produce it. */
function written(text: string, lineEnd: string, mark: string): string {
  const file = join(folder, 'file');
  writeFileSync(file, `${mark}${text.replaceAll('\n', lineEnd)}`);
  return file;
}

test.each<[string, string, (file: string) => unknown]>([
  ['claims', readFileSync(CONTRACT_FILES.claims, 'utf8'), loadClaims],
  [
    'waivers',
    readFileSync(new URL('../waivers/example.yaml', import.meta.url), 'utf8'),
    (file) => loadWaivers(file, 'sandbox.juspay.in', '2026-01-01'),
  ],
  ['pins', json({ 'a.example': { 'GC-5/a': { observation: 'kept', since: '2026-01-01' } } }), readPins],
  ['mock options', json({ mockOptions: { laterCall: 'update' } }), readMockOptions],
  ['a report', json(hostileReport()), readReport],
  ['a proof', json(hostileReport().proof), readProof],
  [
    'a recording',
    json({ log: { version: '1.2', entries: [], _recording: RECORDING } }),
    (file) => readRecording(file).run,
  ],
  ['a HAR', readFileSync(har, 'utf8'), readHar],
  ['headers', 'x-one: 1\n# none\nx-two: 2\n', (file) => readHeaders({ JUSPAY_HEADERS: file }, [])],
  ['.env', 'JUSPAY_TARGET=live\nJUSPAY_API_KEY="a#b"\nJUSPAY_HEADERS="a: 1\nb: 2"\n', environmentOf],
])('%s: line endings and a byte-order mark make no difference', async (_, text, read) => {
  const expected = await read(written(text, '\n', ''));
  expect(await read(written(text, '\r\n', '\ufeff'))).toEqual(expected);
  expect(Object.keys(expected as object).length).toBeGreaterThan(0);
});

function environmentOf(file: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { DOTENV_CONFIG_PATH: file };
  loadEnvironment(env);
  return env;
}

test("the contract's hash does not depend on the checkout's line endings", async () => {
  const { sha256 } = await loadContract();
  const changed = Object.entries(CONTRACT_FILES).map(([name, file]) => {
    const copy = join(folder, `${name}.yaml`);
    writeFileSync(copy, `\ufeff${readFileSync(file, 'utf8').replaceAll('\n', '\r\n')}`);
    return [name, copy] as const;
  });
  expect((await loadContract({ ...CONTRACT_FILES, ...Object.fromEntries(changed) })).sha256).toBe(sha256);
});
