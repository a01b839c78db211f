import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { open } from 'lmdb';
import { SetupError } from '../../../spec/setup-error.ts';
import type { Customer } from '../store.ts';
import type { ManagedStore } from './managed-store.ts';

/**
 * Customers in a file that outlives the server; one server at a time.
 *
 * LMDB, since a commit of it is a change of one pointer after everything else is written: a process killed in the middle
 * of a write leaves the file as it was before, without a log to replay. It reads and writes synchronously, as the mock's
 * store has to, and comes as a prebuilt binary inside its package, so that no install script has to run.
 * @param file made where there is none, with a second one beside it (`-lock`); grows with every customer
 * @throws SetupError
 */
export function openFileStore(file: string): ManagedStore {
  const database = openDatabase(file);
  return {
    get: (reference) => database.get(keyFor(reference)),
    // Committed before it returns, so that whoever was answered is still known after a kill.
    set: (reference, customer) => void database.putSync(keyFor(reference), customer),
    get size() {
      return database.getCount();
    },
    list: () =>
      [...database.getRange().map(({ value }) => value)].sort((a, b) => a.created.getTime() - b.created.getTime()),
    clear: () => database.clearSync(),
    close: () => database.close(),
  };
}

function openDatabase(file: string) {
  try {
    if (!isOurs(file)) throw new Error('it is no state file of the mock, and is left as it is');
    return open<Customer, string>({ path: file, noSubdir: true });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SetupError(`state file "${file}" cannot be opened: ${reason}; name another, or a new one`);
  }
}

/** LMDB's mark in its first page: offset in bytes, and the number there, little-endian. */
const MARK = { offset: 24, value: 0xbeefc0de };

/** The file is absent, empty or marked as LMDB's: given another, the library ends the process instead of throwing. */
function isOurs(file: string): boolean {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return true;
  const start = Buffer.alloc(MARK.offset + 4);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, start, 0, start.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return start.readUInt32LE(MARK.offset) === MARK.value;
}

/** LMDB's keys have an upper length, references have none. */
function keyFor(reference: string): string {
  return createHash('sha256').update(reference).digest('hex');
}
