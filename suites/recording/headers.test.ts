import { afterAll, expect, test } from 'vitest';
import { curlFor } from '../../reports/curl.ts';
import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { recordRun, replayRun } from '../fixtures/record-run.ts';
import { startSandboxServer } from '../fixtures/sandbox-server.ts';

const server = await startSandboxServer({ routing: 'required' });
afterAll(() => server.close());

const SECRET = 'gate-8f2e1c77';
const KEYS = {
  apiKey: 'reference_key_0001',
  account: 'reference_merchant',
  headers: [
    { name: 'x-routing-id', value: 'r-{object_reference_id}', secret: false },
    { name: 'x-gate', value: SECRET, secret: true },
  ],
};
// Includes concurrent calls, a refusal explained by further calls, and every way to send a reference.
const cases = allCases.filter(({ id }) => /^(?:RS-1|RQ-1|RQ-2|GC-3|AU-2|EP-3|RQ-8)\//.test(id));

test('every call has the headers, and a replay gives the same verdicts', async () => {
  const contract = await loadContract();
  const { results, har } = await recordRun(contract, { url: server.url, ...KEYS }, cases);
  expect(results.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(10);
  expect(server.requestHeaders.length).toBeGreaterThan(results.length);
  expect(server.requestHeaders.every((headers) => headers['x-gate'] === SECRET)).toBe(true);

  for (const { request } of har.log.entries) {
    const { object_reference_id: reference } = Object.fromEntries(new URLSearchParams(request.postData?.text));
    const sent = Object.fromEntries(request.headers.map(({ name, value }) => [name, value]));
    if (sent['content-type'] !== 'application/json') expect(sent['x-routing-id']).toBe(`r-${reference || 'none'}`);
    expect(sent['x-gate']).toBe('[header x-gate]');
  }
  const text = JSON.stringify(har);
  expect(text + JSON.stringify(results)).not.toContain(SECRET);
  expect(har.log._recording.headers).toEqual([
    KEYS.headers[0],
    { name: 'x-gate', value: '[header x-gate]', secret: true },
  ]);

  const told = (all: typeof results) => all.map(({ id, verdict, findings }) => ({ id, verdict, findings }));
  expect(told(await replayRun(contract, text, cases))).toEqual(told(results));

  const exchange = results.find(({ id }) => id === 'RS-1/later-call')?.exchanges[0] ?? results[0]?.exchanges[0];
  if (exchange === undefined) throw new Error('no exchange');
  const curl = curlFor(exchange, server.url);
  expect(curl).toContain("-H 'x-routing-id: r-");
  expect(curl).toContain('-H "x-gate: $X_GATE"');
});
