import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../fixtures/new-folder.ts';
import { headersFor, headersInWords, readHeaders } from './headers.ts';

const folder = newFolder();

function read(text: string) {
  const problems: string[] = [];
  return { headers: readHeaders({ JUSPAY_HEADERS: text }, problems), problems };
}

const ROUTING = { name: 'x-routing-id', value: '{object_reference_id}', secret: false };

test('one per line, or a file of them', () => {
  const text =
    '# ours\nX-Routing-Id: {object_reference_id}\n\nversion:2018-10-25\nx-api-token: abcdef\nsecret x-gate: 123456';
  const headers = [
    ROUTING,
    { name: 'version', value: '2018-10-25', secret: false },
    { name: 'x-api-token', value: 'abcdef', secret: true },
    { name: 'x-gate', value: '123456', secret: true },
  ];
  expect(read(text)).toEqual({ headers, problems: [] });
  const file = join(folder, 'headers');
  writeFileSync(file, `\ufeff${text.replaceAll('\n', '\r\n')}`);
  expect(read(file)).toEqual({ headers, problems: [] });
  expect(headersInWords(headers)).toBe(
    'the documented ones, and x-routing-id: {object_reference_id}, version: 2018-10-25, ' +
      'x-api-token: [header x-api-token], x-gate: [header x-gate]',
  );
});

test.each([
  [
    'Authorization: Basic x',
    'JUSPAY_HEADERS, line 1: authorization cannot be set: the suite sets it, and cases vary it',
  ],
  ['a: 1\nA: 2', 'JUSPAY_HEADERS, line 2: a is set twice'],
  ['a: 1\\nb: 2', 'JUSPAY_HEADERS, line 1: a has \\n in its value: write one header per line'],
  ['a: {reference}', 'JUSPAY_HEADERS, line 1: a has a placeholder other than {object_reference_id}'],
  ['a b: 1', 'JUSPAY_HEADERS, line 1: expected `name: value` (not shown)'],
  ['a: ü', 'JUSPAY_HEADERS, line 1: a must have a value of printable ASCII characters'],
  ['x-key: 12345', 'JUSPAY_HEADERS, line 1: x-key is a secret shorter than 6 characters, which cannot be masked'],
  [
    'x-key: {object_reference_id}',
    'JUSPAY_HEADERS, line 1: x-key is a secret, and cannot contain {object_reference_id}',
  ],
  [
    'nowhere.txt',
    expect.stringMatching(
      /^JUSPAY_HEADERS is not a header \(`name: value`\), and as a file nowhere.txt cannot be read/,
    ),
  ],
  ['', 'JUSPAY_HEADERS is empty: expected headers, one `name: value` per line, or a file of them; otherwise unset it'],
])('rejects %j', (text, problem) => {
  expect(read(text).problems).toEqual([problem]);
});

test('{object_reference_id} becomes the reference, encoded for a header', () => {
  expect(headersFor([ROUTING], 'conf-1')).toEqual({ 'x-routing-id': 'conf-1' });
  expect(headersFor([ROUTING], 'a\r\nb ü')).toEqual({ 'x-routing-id': 'a%0D%0Ab%20%C3%BC' });
  expect(headersFor([ROUTING], '')).toEqual({ 'x-routing-id': 'none' });
});
