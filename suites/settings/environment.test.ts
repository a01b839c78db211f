import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../fixtures/new-folder.ts';
import { loadEnvironment } from './environment.ts';

const folder = newFolder();

/** The environment after a file of this content was read. */
function loaded(content: string | Buffer, before: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const file = join(folder, '.env');
  writeFileSync(file, content);
  const env = { ...before, DOTENV_CONFIG_PATH: file };
  loadEnvironment(env);
  const { DOTENV_CONFIG_PATH: _, ...rest } = env;
  return rest;
}

test.each([
  ['\ufeffJUSPAY_TARGET=live\r\nJUSPAY_API_KEY="a#b"\r\n', { JUSPAY_TARGET: 'live', JUSPAY_API_KEY: 'a#b' }],
  ['export JUSPAY_TARGET=live # a comment\n# JUSPAY_X#y\n', { JUSPAY_TARGET: 'live' }],
  ['JUSPAY_HEADERS="a: 1\nb: 2"', { JUSPAY_HEADERS: 'a: 1\nb: 2' }],
])('parses %j', (content, env) => {
  expect(loaded(content)).toEqual(env);
});

test('does not overwrite a variable; an empty one leaves out a file of the settings, and is rejected elsewhere', () => {
  expect(() => loaded('JUSPAY_API_KEY=abc', { JUSPAY_API_KEY: '' })).toThrow(
    /JUSPAY_API_KEY is empty in the environment, which overrides/,
  );
  expect(loaded('JUSPAY_RECORD=a.har', { JUSPAY_RECORD: '' })).toEqual({});
  expect(loaded('', { JUSPAY_RECORD: '' })).toEqual({ JUSPAY_RECORD: '' });
  expect(loaded('JUSPAY_TARGET=live', { JUSPAY_TARGET: 'mock' })).toEqual({ JUSPAY_TARGET: 'mock' });
});

test.each([
  ['JUSPAY_API_KEY=abc#def', '.env:1: the value of JUSPAY_API_KEY is cut at "#": put it in quotes'],
  ['set JUSPAY_TARGET=live', '.env:1: JUSPAY_TARGET cannot be parsed: expected JUSPAY_TARGET=value'],
  ['JUSPAY_SEED=1\nA=2\nJUSPAY_SEED=3', '.env:3: JUSPAY_SEED is set twice, first in line 1'],
  ['A=1\nJUSPAY_TARGET live', '.env:2: JUSPAY_TARGET cannot be parsed: expected JUSPAY_TARGET=value'],
  [
    Buffer.from('JUSPAY_TARGET=live', 'utf16le'),
    '.env cannot be read: it is not UTF-8 (UTF-16, as some editors write it?): save it as UTF-8',
  ],
])('rejects a file that dotenv would misread: %j', (content, problem) => {
  expect(() => loaded(content)).toThrow(`${join(folder, problem)}\n`);
});

test('a file named by DOTENV_CONFIG_PATH must exist and be a file', () => {
  const missing = join(folder, 'nowhere');
  expect(() => loadEnvironment({ DOTENV_CONFIG_PATH: missing })).toThrow(
    `DOTENV_CONFIG_PATH names a file that cannot be used: ${missing} cannot be read: there is no such file`,
  );
  mkdirSync(join(folder, 'directory'));
  expect(() => loadEnvironment({ DOTENV_CONFIG_PATH: join(folder, 'directory') })).toThrow('cannot be read: EISDIR');
});
