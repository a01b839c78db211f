import { readFileSync, statSync } from 'node:fs';
import { messageOf, SetupError } from './setup-error.ts';

/** Maximum size in bytes of a file given by the user: a larger one is a mistake, and would exhaust memory. */
const LARGEST = 64 * 1024 * 1024;

/** Maximum size in bytes of a file written by hand: parsing YAML takes some sixty times its size in memory. */
export const LARGEST_BY_HAND = 1024 * 1024;

/**
 * Reads a text file given by the user: UTF-8, with or without a byte-order mark, any line endings.
 * @param largest bytes; default 64 MiB
 * @throws SetupError naming the file and the problem
 */
export function readText(file: string, largest: number = LARGEST): string {
  let content: Buffer;
  try {
    const { size } = statSync(file);
    if (size > largest) throw new Error(`it has ${size} bytes; expected ${largest} at most`);
    content = readFileSync(file);
  } catch (thrown) {
    const isMissing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    throw new SetupError(`${file} cannot be read: ${isMissing ? 'there is no such file' : messageOf(thrown)}`);
  }
  try {
    // UTF-16 without a byte-order mark can decode as UTF-8 with a NUL in every other byte.
    if (content.includes(0)) throw new TypeError('NUL');
    // Without ignoreBOM the decoder strips a byte-order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(content).replaceAll('\r\n', '\n');
  } catch {
    throw new SetupError(
      `${file} cannot be read: it is not UTF-8 (UTF-16, as some editors write it?): save it as UTF-8`,
    );
  }
}

/** Reads a JSON file. @throws SetupError naming the file and the problem */
export function readJson(file: string, largest?: number): unknown {
  const text = readText(file, largest);
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new SetupError(`${file} is not JSON: ${messageOf(thrown)}`);
  }
}
