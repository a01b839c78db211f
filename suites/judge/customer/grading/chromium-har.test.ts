import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadContract } from '../../../../spec/contract.ts';
import { type Har, parseHar } from '../../../recording/har.ts';
import { gradeHar } from './grade-har.ts';
import { gradeText, maskerFor } from './grade-text.ts';
import { findOperation } from './operation-exchange.ts';

/**
 * Recorded by Chromium 156 (recordHar of playwright-core) on a page that calls a server of ours which accepts @ in
 * first_name. The host was renamed; key, merchant id and tokens are made up.
 */
const FIXTURE = readFileSync(new URL('chromium.fixture.har', import.meta.url), 'utf8');

/** The parts of an entry that the tests change. */
interface Entry {
  readonly request: { readonly method: string; readonly headers: readonly { readonly name: string }[] };
  readonly response: {
    readonly status: number;
    readonly content: { readonly mimeType: string; readonly text?: string };
  };
}

async function grade(change: (entry: Entry, index: number) => Entry = (entry) => entry) {
  const contract = await loadContract();
  const har = parseHar(FIXTURE) as Har<Entry>;
  const changed: Har = { log: { ...har.log, entries: har.log.entries.map(change) } };
  const graded = gradeHar(changed, contract);
  const masker = maskerFor(findOperation(changed, contract).exchanges);
  return { ...graded, text: gradeText(graded, contract.claims, masker.mask) };
}

function without(entry: Entry, ...names: string[]): Entry {
  const headers = entry.request.headers.filter(({ name }) => !names.includes(name.toLowerCase()));
  return { ...entry, request: { ...entry.request, headers } };
}

function answering(body: (value: Record<string, unknown>) => object): (entry: Entry) => Entry {
  return (entry) => {
    const { content } = entry.response;
    if (content.mimeType !== 'application/json' || entry.response.status !== 200) return entry;
    const text = JSON.stringify(body(JSON.parse(content.text ?? '') as Record<string, unknown>));
    return { ...entry, response: { ...entry.response, content: { ...content, text } } };
  };
}

test('a HAR from Chromium is graded, with the number of the exchange', async () => {
  const { text, verdict } = await grade();
  expect(verdict).toBe('does-not-conform');
  const reading = (await loadContract()).claims.find(({ id }) => id === 'RQ-10')?.reading;
  expect(text).toBe(`RQ-10 fails: ${reading}
  expected  status 400
  actual    status 200
  where     sandbox.example.test, status 200, exchange 6 of the file
not judged: status 401 is about access, and says nothing about the request (exchange 7 of the file)
6 exchanges of the operation: 4 pass, 1 fail, 1 not judged; other entries, ignored: 2
does not conform: failing: RQ-10
`);
});

test.each<[string, (entry: Entry) => Entry]>([
  ['authorization headers', (entry) => without(entry, 'authorization')],
  ['any headers', (entry) => ({ ...entry, request: { ...entry.request, headers: [] } })],
])('a file without %s only shows what was accepted, and breaks no claim on access', async (_, change) => {
  const { exchanges } = await grade(change);
  expect(exchanges.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass', 'pass', 'fail', 'not-judged']);
});

test('an accepted call without x-merchantid breaks AU-4', async () => {
  const { exchanges } = await grade((entry, index) => (index > 3 ? entry : without(entry, 'x-merchantid')));
  expect(exchanges[0]?.flaws.map(({ claim, actual }) => [claim, actual])).toEqual([
    ['AU-4', 'status 200'],
    ['AU-4', 'a body with a customer'],
  ]);
});

test('one token for two customers breaks TK-6, unless the file has its tokens removed', async () => {
  const withToken = (token: string) =>
    answering((value) =>
      'juspay' in value ? { ...value, juspay: { ...(value['juspay'] as object), client_auth_token: token } } : value,
    );
  const claimsOf = async (token: string) => {
    const { exchanges } = await grade(withToken(token));
    return exchanges.flatMap(({ flaws }) => flaws.map(({ claim }) => claim));
  };
  expect(await claimsOf('tkn_00000000000000000000000000000001')).toEqual(['TK-6', 'RQ-10']);
  expect(await claimsOf('[redacted]')).toEqual(['RQ-10']);
});

test('one id for two references breaks GC-2, another id once a token is asked for TK-5', async () => {
  const brokenBy = async (id: () => string) => {
    const { exchanges } = await grade(answering((value) => ({ ...value, id: id() })));
    return exchanges.map(({ flaws }) => flaws.map(({ claim }) => claim).join());
  };
  let count = 0;
  expect(await brokenBy(() => 'cst_1')).toEqual(['', '', 'GC-2', '', 'RQ-10', '']);
  expect(await brokenBy(() => `cst_${++count}`)).toEqual(['', 'TK-5', '', '', 'RQ-10', '']);
});

test('a token from a server is not shown', async () => {
  const { text } = await grade(
    answering((value) => ('juspay' in value ? { ...value, object: ['tkn_2271c48b93d8e8f397456760e6510170'] } : value)),
  );
  expect(text).toContain('actual    an array: ["[client auth token]"]');
  expect(text).not.toContain('tkn_2271');
});

test('an answer that is missing in the file is not judged', async () => {
  const { exchanges, verdict } = await grade((entry) => {
    const { text: _, ...content } = entry.response.content;
    return { ...entry, response: { ...entry.response, content } };
  });
  expect(exchanges.map(({ reason }) => reason)).toEqual([
    ...Array.from({ length: 4 }, () => "the answer's body is not in the file"),
    undefined,
    'status 401 is about access, and says nothing about the request',
  ]);
  expect(verdict).toBe('does-not-conform');
});

test('traffic without the operation has no verdict', async () => {
  const { verdict, ignored } = await grade((entry) => ({ ...entry, request: { ...entry.request, method: 'GET' } }));
  expect([verdict, ignored]).toEqual(['could-not-judge', 8]);
});

test.each([
  ['<html>', 'it is not JSON, so not a HAR'],
  ['{"log":{}}', 'it is JSON but not a HAR: it has no list "log.entries"'],
])('rejects %s', (text, message) => {
  expect(() => parseHar(text)).toThrow(message);
});
