import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where tools keep what can be made again at any time; `npm ci` empties it. */
const FOLDER = fileURLToPath(new URL('../node_modules/.cache/checked-contracts', import.meta.url));

/** What was remembered under a key; undefined where nothing was, or where it cannot be read. */
export function recall<T>(key: string): T | undefined {
  try {
    return JSON.parse(readFileSync(join(FOLDER, `${key}.json`), 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Remembers a value of plain data. Nothing is lost where this fails: the contract is checked again. */
export function remember(key: string, value: unknown): void {
  const file = join(FOLDER, `${key}.json`);
  try {
    mkdirSync(FOLDER, { recursive: true });
    // Another run may be reading: a file is there with its whole content or not at all.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(value));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // A read-only checkout, or somebody else's.
  }
}
