import { statSync } from 'node:fs';
import { messageOf, SetupError } from '../../../spec/setup-error.ts';
import type { Customer } from '../store.ts';
import type { ManagedStore } from './managed-store.ts';

/** The part of node:sqlite used here. Node.js 20 and its types lack the module. */
interface Database {
  exec(sql: string): void;
  prepare(sql: string): {
    get(...values: string[]): Readonly<Record<string, unknown>> | undefined;
    all(): Readonly<Record<string, unknown>>[];
    run(...values: string[]): void;
  };
  close(): void;
}

/** Marks a database as the mock's: "cust" in ASCII. */
const APPLICATION_ID = 0x63757374;

/**
 * Stores customers in a file, for one server at a time. Node's own SQLite makes commits atomic even if the process is killed,
 * and locks the file through the operating system, so that a dead process holds no lock.
 * @param file created if missing, with a `-wal` file beside it while open; grows with every customer
 * @throws SetupError if this Node.js has no SQLite, another mock uses the file, or it is not a state file
 */
export async function openFileStore(file: string): Promise<ManagedStore> {
  const database = await openDatabase(file);
  const get = database.prepare('SELECT customer FROM customers WHERE reference = ?');
  const set = database.prepare(
    'INSERT INTO customers VALUES (?, ?) ON CONFLICT (reference) DO UPDATE SET customer = excluded.customer',
  );
  const count = database.prepare('SELECT count(*) AS size FROM customers');
  const list = database.prepare('SELECT customer FROM customers ORDER BY rowid');
  return {
    get(reference) {
      const row = get.get(keyFor(reference));
      return row && readCustomer(row);
    },
    // Committed before it returns, so that a kill loses no customer that was in an answer.
    set: (reference, customer) => set.run(keyFor(reference), JSON.stringify(customer)),
    get size() {
      return Number(count.get()?.['size']);
    },
    list: () => list.all().map(readCustomer),
    clear: () => database.exec('DELETE FROM customers'),
    close: async () => database.close(),
  };
}

async function openDatabase(file: string): Promise<Database> {
  const path = `state file "${file}"`;
  const Sqlite = await loadSqlite();
  if (Sqlite === undefined) {
    throw new SetupError(
      `${path}: Node.js ${process.versions.node} has no SQLite; use Node.js 22.13 or newer, or omit --state`,
    );
  }
  let database: Database | undefined;
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder');
    database = new Sqlite(file);
    // Lock the file until the process ends. No fsync: the operating system finishes a write even if the process is killed.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF');
    const { application_id: mark } = database.prepare('PRAGMA application_id').get() ?? {};
    const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_master').get() ?? {};
    if (mark !== APPLICATION_ID && tables !== 0) throw new Error('file is not a database');
    database.exec(`PRAGMA journal_mode = WAL;
      BEGIN IMMEDIATE;
      PRAGMA application_id = ${APPLICATION_ID};
      CREATE TABLE IF NOT EXISTS customers (reference TEXT PRIMARY KEY, customer TEXT NOT NULL);
      COMMIT`);
    return database;
  } catch (thrown) {
    database?.close();
    throw new SetupError(`${path} cannot be opened: ${reasonFor(messageOf(thrown))}`);
  }
}

function reasonFor(message: string): string {
  if (/locked/.test(message)) return 'another mock has it open; stop that mock, or choose another file';
  if (/not a database/.test(message)) {
    return 'it is not a state file of the mock, and was not changed; choose another file, or a new one';
  }
  return `${message}; choose another file, or a new one`;
}

/** Node's own SQLite; undefined if this Node.js has none. */
export async function loadSqlite(): Promise<(new (file: string) => Database) | undefined> {
  // In a variable, because neither Node.js 20's types nor bundlers can resolve the module.
  const name = 'node:sqlite';
  const module = (await import(name).catch(() => undefined)) as
    | { readonly DatabaseSync: new (file: string) => Database }
    | undefined;
  return module?.DatabaseSync;
}

/** As JSON, because SQLite text cannot hold a lone surrogate, nor always a NUL. */
function keyFor(reference: string): string {
  return JSON.stringify(reference);
}

function readCustomer(row: Readonly<Record<string, unknown>>): Customer {
  // Parse dates here, not in a reviver: a request field may also be named `created`.
  const { created, updated, token, ...rest } = JSON.parse(String(row['customer'])) as Customer;
  return {
    ...rest,
    created: new Date(created),
    updated: new Date(updated),
    ...(token === undefined ? {} : { token: { ...token, expiry: new Date(token.expiry) } }),
  };
}
