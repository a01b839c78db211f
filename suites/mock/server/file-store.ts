import { statSync } from 'node:fs';
import { messageOf, SetupError } from '../../../spec/setup-error.ts';
import type { Customer } from '../store.ts';
import type { ManagedStore } from './managed-store.ts';

/** What is used of node:sqlite, which Node.js 20 and the types for it do not have. */
interface Database {
  exec(sql: string): void;
  prepare(sql: string): {
    get(...values: string[]): Readonly<Record<string, unknown>> | undefined;
    all(): Readonly<Record<string, unknown>>[];
    run(...values: string[]): void;
  };
  close(): void;
}

/** Marks a database as a mock's: "cust" in ASCII. */
const APPLICATION_ID = 0x63757374;

/**
 * Customers in a file that outlives the server, one server at a time. By Node's own SQLite: a commit is whole or not there
 * at all, however the process ends, and the lock on the file is the operating system's, so that a dead process keeps none.
 * @param file made where there is none, with another beside it while it is open (`-wal`); grows with every customer
 * @throws SetupError where this Node.js has no SQLite, another mock has the file, or the file is something else
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
    // Committed before it returns, so that whoever was answered is still known after a kill.
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
      `${path}: Node.js ${process.versions.node} has no SQLite to keep it with; use Node.js 22.13 or newer, or leave --state out`,
    );
  }
  let database: Database | undefined;
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder');
    database = new Sqlite(file);
    // Held from the first write until the end of the process. A write is then in the operating system's hands, which a
    // kill of the process does not take back.
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
  if (/locked/.test(message)) return 'another mock has it open; stop that one, or name another file';
  if (/not a database/.test(message)) {
    return 'it is no state file of the mock, and is left as it is; name another, or a new one';
  }
  return `${message}; name another, or a new one`;
}

/** Node's own SQLite; undefined where this Node.js has none. */
export async function loadSqlite(): Promise<(new (file: string) => Database) | undefined> {
  // A name that is known only when it runs: neither the types of Node.js 20 nor a bundler know the module.
  const name = 'node:sqlite';
  const module = (await import(name).catch(() => undefined)) as
    | { readonly DatabaseSync: new (file: string) => Database }
    | undefined;
  return module?.DatabaseSync;
}

/** As JSON: SQLite's texts can hold neither half a surrogate pair nor, in every place, a NUL. */
function keyFor(reference: string): string {
  return JSON.stringify(reference);
}

function readCustomer(row: Readonly<Record<string, unknown>>): Customer {
  // What JSON makes of dates is text; a field of a request may well be called `created`, so no reviver finds them.
  const { created, updated, token, ...rest } = JSON.parse(String(row['customer'])) as Customer;
  return {
    ...rest,
    created: new Date(created),
    updated: new Date(updated),
    ...(token === undefined ? {} : { token: { ...token, expiry: new Date(token.expiry) } }),
  };
}
