import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../suites/fixtures/new-folder.ts';
import { readJson, readText } from './text-file.ts';

const folder = newFolder();

function written(content: string | Uint8Array): string {
  const file = join(folder, 'file');
  writeFileSync(file, content);
  return file;
}

test('a byte-order mark and CRLF are removed', () => {
  expect(readText(written('\ufeffa\r\nb\n'))).toBe('a\nb\n');
});

test.each<[string, () => unknown, RegExp]>([
  ['a folder', () => readText(folder), /cannot be read: EISDIR/],
  ['a missing file', () => readText(join(folder, 'none')), /none cannot be read: there is no such file/],
  [
    'UTF-16',
    () => readText(written(Buffer.from('\ufeffa: b', 'utf16le'))),
    /not UTF-8 \(UTF-16, .*\): save it as UTF-8/,
  ],
  ['a file that is too large', () => readText(written('12345'), 4), /it has 5 bytes; expected 4 at most/],
  ['invalid JSON', () => readJson(written('{')), /file is not JSON: /],
])('%s: the error names the file and the problem', (_, read, message) => {
  expect(read).toThrow(message);
});
