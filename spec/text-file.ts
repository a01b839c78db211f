import { readFileSync, statSync } from 'node:fs';
import { messageOf, SetupError } from './setup-error.ts';

/** Bytes of a file that a person wrote or chose, at most: a larger one is a mistake, and would take the memory of the run. */
const LARGEST = 64 * 1024 * 1024;

/** Bytes of one that a person writes by hand, at most: parsing YAML takes some sixty times its size in memory. */
export const LARGEST_BY_HAND = 1024 * 1024;

/**
 * Reads a file that a person wrote or chose: UTF-8, with or without a byte-order mark, whichever line ends it has.
 * @param largest bytes; default 64 MiB
 * @throws SetupError naming the file and why it cannot be used
 */
export function readText(file: string, largest: number = LARGEST): string {
  let content: Buffer;
  try {
    const { size } = statSync(file);
    if (size > largest) throw new Error(`it has ${size} bytes; expected ${largest} at most`);
    content = readFileSync(file);
  } catch (thrown) {
    throw new SetupError(`${file} cannot be read: ${messageOf(thrown)}`);
  }
  try {
    // UTF-16 without a byte-order mark may decode, with a NUL for every other byte.
    if (content.includes(0)) throw new TypeError('NUL');
    // Without ignoreBOM the decoder takes a byte-order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(content).replaceAll('\r\n', '\n');
  } catch {
    throw new SetupError(
      `${file} cannot be read: it is not UTF-8 (UTF-16, as some editors write it?): save it as UTF-8`,
    );
  }
}

/** Reads a JSON file. @throws SetupError naming the file and what is wrong with it */
export function readJson(file: string, largest?: number): unknown {
  const text = readText(file, largest);
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new SetupError(`${file} is not JSON: ${messageOf(thrown)}`);
  }
}
