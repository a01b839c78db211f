import { expect, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { makeCase } from '../cases/case.ts';
import { CUSTOMER, step } from '../cases/data.ts';
import { recordRun, replayRun } from '../fixtures/record-run.ts';
import type { FaultName, VariantName } from '../fixtures/reference-deviations.ts';
import { type ReferenceServerOptions, startReferenceServer } from '../fixtures/reference-server.ts';
import type { CaseResult, Finding } from '../judge/result.ts';
import { parseRecording } from './recording.ts';

const KEYS = { apiKey: 'reference_key_0001', account: 'reference_merchant' };

/** The reported parts of a result, without times. */
function told({ id, verdict, held, findings, observation, reason, customers }: CaseResult) {
  return { id, verdict, held, findings, observation, reason, customers };
}

const tables = allCases.filter(({ property }) => property === undefined);
const recordings = new Map<string, ReturnType<typeof record>>();

/** The recording of a server, made once. Properties only where it conforms: the tables show each of these faults. */
function recordOnce(options: ReferenceServerOptions): ReturnType<typeof record> {
  const key = JSON.stringify(options);
  const recording = recordings.get(key) ?? record(options, key === '{}' ? allCases : tables);
  recordings.set(key, recording);
  return recording;
}

async function record(options: ReferenceServerOptions, cases: typeof allCases) {
  const server = await startReferenceServer({ ...KEYS, ...options });
  try {
    return await recordRun(await loadContract(), { url: server.url, ...KEYS }, cases);
  } finally {
    await server.close();
  }
}

const SERVERS: readonly (readonly [string, { fault?: FaultName; variant?: VariantName }])[] = [
  ['that conforms', {}],
  ['with a wrongly mandatory field', { fault: 'email-mandatory' }],
  ['that issues one token for all', { fault: 'one-token-for-all' }],
  ['with a race', { fault: 'race-on-creation' }],
  ['that writes a byte-order mark', { fault: 'byte-order-mark' }],
  ['that misspells every field', { fault: 'capitalised-field-names' }],
  ['that reveals customers', { fault: 'refusal-shows-customer' }],
  ['that is sometimes busy', { variant: 'busy-now-and-then' }],
  ['that reuses tokens', { variant: 'token-reused-until-expiry' }],
];

test.concurrent.each(SERVERS)(
  'a server %s gets the same verdicts from its recording, in any order',
  async (_, options) => {
    const contract = await loadContract();
    const { results, har } = await recordOnce(options);
    expect(results.some(({ verdict }) => verdict === 'fail')).toBe('fault' in options);
    const ids = new Set(results.map(({ id }) => id));
    const cases = allCases.filter(({ id }) => ids.has(id)).toReversed();
    const replayed = await replayRun(contract, JSON.stringify(har), cases);
    // Of two contradicting answers the later one has the finding, and calls for other cases' customers come after those.
    const pairs = [...results, ...replayed].filter(({ id, findings }) => findings.some(isPaired) || LATER.has(id));
    const alone = (run: readonly CaseResult[]) => run.filter(({ id }) => !pairs.some((one) => one.id === id)).map(told);
    expect(alone(replayed.toReversed())).toEqual(alone(results));
    expect(brokenIn(replayed)).toEqual(brokenIn(results));
  },
);

/** Cases about other cases' customers, which need those first. */
const LATER = new Set(
  allCases.filter(({ steps }) => steps.some(({ owner }) => owner !== undefined)).map(({ id }) => id),
);
const isPaired = ({ expected }: Finding) => expected.includes('for another name');
const brokenIn = (run: readonly CaseResult[]) =>
  [...new Set(run.flatMap(({ findings }) => findings.map(({ claim }) => claim)))].sort();

test('a recording is sorted the same way, whichever case ran first', async () => {
  const options = { fault: 'email-mandatory' } as const;
  const outline = ({ har }: Awaited<ReturnType<typeof record>>) =>
    har.log.entries.map(({ _case, _step, _position }) => [_case, _step, _position]);
  // Which case explains a refusal first depends on the order.
  const ofCases = (entries: ReturnType<typeof outline>) => entries.filter(([id]) => id !== 'diagnosis');
  const first = outline(await recordOnce(options));
  expect(first.some(([id]) => id === 'diagnosis')).toBe(true);
  expect(ofCases(outline(await record(options, tables.toReversed())))).toEqual(ofCases(first));
});

test('a new or changed case is not run, with the reason', async () => {
  const contract = await loadContract();
  const { har } = await recordOnce({});
  const added = makeCase('RQ-9/new', 'a new case', [step('the call', 'accepted', { ...CUSTOMER })]);
  const [changed] = allCases
    .filter(({ id }) => id === 'RQ-16/absent')
    .map((known) => ({ ...known, steps: [step('the call', 'accepted', { ...CUSTOMER, first_name: 'Tom' })] }));
  if (changed === undefined) throw new Error('RQ-16/absent is gone');
  const results = await replayRun(contract, JSON.stringify(har), [added, changed]);
  expect(results.map(({ verdict, reason }) => [verdict, reason])).toEqual([
    ['not-run', 'not recorded'],
    ['not-run', 'not recorded: the case has changed since the recording'],
  ]);
});

test('a case that is incomplete in the recording is not run', async () => {
  const contract = await loadContract();
  const { har } = await recordOnce({});
  const entries = har.log.entries.filter(({ _case, _position }) => _case !== 'GC-3/one-new-reference' || _position < 5);
  const results = await replayRun(contract, JSON.stringify({ log: { ...har.log, entries } }));
  const [cut, ...others] = results.filter(({ verdict }) => verdict === 'not-run');
  expect([cut?.id, others]).toEqual(['GC-3/one-new-reference', []]);
});

test('a server that stops answering is recorded as such', async () => {
  const contract = await loadContract();
  const server = await startReferenceServer(KEYS);
  await server.close();
  const cases = allCases.slice(0, 2);
  const { results, har } = await recordRun(contract, { url: server.url, ...KEYS }, cases);
  expect(results.map(({ verdict }) => verdict)).toEqual(['error', 'error']);
  expect((await replayRun(contract, JSON.stringify(har), cases)).map(told)).toEqual(results.map(told));
});

const RUN = {
  ...{ format: 1, recorded: '2026-05-02T10:11:12.000Z', host: '[merchant id].api.test:80', baseUrl: 'http://api.test' },
  ...{ contract: { version: '1.0.0', sha256: '0'.repeat(64) }, nonce: '00ff', tokens: [], unwritable: [] },
};
const ENTRY = {
  ...{ _case: 'RQ-1/absent', _step: 'the call', _position: 0, time: 1, response: { status: 400 } },
  request: { method: 'POST', url: 'http://api.test/v2/customers', headers: [], postData: { text: '' } },
};

test.each<[object, object[], string]>([
  [{ host: 'api.test\u202e' }, [], 'log._recording.host is "api.test\u202e": expected a host'],
  [{ recorded: '2 May 2026' }, [], 'log._recording.recorded is "2 May 2026": expected a time in UTC'],
  [{ contract: { version: '1' } }, [], 'log._recording.contract.sha256 is missing: expected 64 hexadecimal digits'],
  [{ format: 2 }, [], 'log._recording.format is 2: expected 1, the only format that this suite reads'],
  [{ headers: [{ name: 'x' }] }, [], 'log._recording.headers.0.value is missing: expected a text; log._recording'],
  [{}, [{ ...ENTRY, request: null }], 'log.entries.0.request is null: expected an object with method, url, headers, '],
  [
    {},
    [ENTRY, ENTRY],
    'log.entries.1 repeats the _case, _step, _position of an earlier item: RQ-1/absent, the call, 0',
  ],
])('rejects a recording with %j and the entries %j', (wrong, entries, message) => {
  const text = (run: object, list: object[]) =>
    JSON.stringify({ log: { version: '1.2', entries: list, _recording: run } });
  expect(parseRecording(text(RUN, [ENTRY])).run.host).toBe(RUN.host);
  expect(() => parseRecording(text({ ...RUN, ...wrong }, entries))).toThrow(message);
});
