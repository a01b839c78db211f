import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { SetupError } from '../../../spec/setup-error.ts';
import { newFolder } from '../../fixtures/new-folder.ts';
import { DOCUMENT } from '../document.ts';
import { createMock } from '../mock.ts';
import { loadSqlite, openFileStore } from './file-store.ts';

const sqlite = await loadSqlite();
/** For test titles. */
const SKIPPED = sqlite === undefined ? ` (skipped: Node.js ${process.versions.node} has no SQLite)` : '';

let folder: string;
let file: string;

beforeEach(() => {
  folder = newFolder();
  file = join(folder, 'customers');
});

const AT = (seconds: number) => new Date(Date.UTC(2026, 4, 1, 10, 0, seconds));

test.skipIf(sqlite !== undefined)('without SQLite in Node.js, opening is an error', async () => {
  await expect(openFileStore(file)).rejects.toThrow(
    new SetupError(
      `state file "${file}": Node.js ${process.versions.node} has no SQLite; use Node.js 22.13 or newer, or omit --state`,
    ),
  );
});

describe.skipIf(sqlite === undefined)(`a state file${SKIPPED}`, () => {
  test('keeps customers unchanged, with dates and unusual references', async () => {
    const customer = { id: 'cst_1', created: AT(1), updated: AT(2), fields: { first_name: 'Zoë', created: '2020' } };
    const references = ['customer-1', 'x'.repeat(5000), '\u0000\uD800', 'Ä'.repeat(8)];
    const first = await openFileStore(file);
    for (const [index, reference] of references.entries()) {
      first.set(reference, { ...customer, id: `cst_${index}`, created: AT(index) });
    }
    await first.close();
    const second = await openFileStore(file);
    for (const [index, reference] of references.entries()) {
      expect(second.get(reference)).toEqual({ ...customer, id: `cst_${index}`, created: AT(index) });
    }
    expect(second.get('customer-2')).toBeUndefined();
    expect([second.size, second.list().map(({ id }) => id)]).toEqual([4, ['cst_0', 'cst_1', 'cst_2', 'cst_3']]);
    second.clear();
    expect([second.size, second.list(), second.get('customer-1')]).toEqual([0, [], undefined]);
    await second.close();
  });

  test('of another kind is rejected and not changed', async () => {
    const foreign = new (sqlite ?? neverMissing())(join(folder, 'foreign'));
    foreign.exec('CREATE TABLE customers (name TEXT)');
    foreign.close();
    writeFileSync(join(folder, 'text'), 'something else, and long enough to be read as a page. '.repeat(400));
    writeFileSync(join(folder, 'short'), 'short');
    for (const name of ['foreign', 'text', 'short']) {
      const path = join(folder, name);
      const before = readFileSync(path);
      await expect(openFileStore(path)).rejects.toThrow(
        new SetupError(
          `state file "${path}" cannot be opened: it is not a state file of the mock, and was not changed; choose another file, or a new one`,
        ),
      );
      expect(readFileSync(path)).toEqual(before);
    }
    await expect(openFileStore(folder)).rejects.toThrow(/cannot be opened: it is a folder; choose another file/);
    await expect(openFileStore(join(folder, 'none/file'))).rejects.toThrow(/cannot be opened: unable to open/);
  });

  test('cannot be opened while another mock uses it', async () => {
    const first = await openFileStore(file);
    first.set('customer-1', { id: 'cst_1', created: AT(0), updated: AT(0), fields: {} });
    const second = openFileStore(file);
    await expect(second).rejects.toThrow(
      new SetupError(
        `state file "${file}" cannot be opened: another mock has it open; stop that mock, or choose another file`,
      ),
    );
    await first.close();
    const third = await openFileStore(file);
    expect(third.get('customer-1')?.id).toBe('cst_1');
    await third.close();
  });

  test('may be an empty file', async () => {
    writeFileSync(file, '');
    const store = await openFileStore(file);
    expect(store.size).toBe(0);
    await store.close();
  });
});

test.skipIf(sqlite === undefined)(
  'after a restart, an expired token is still expired and another one still valid',
  async () => {
    const ask = async (seconds: number) => {
      const store = await openFileStore(file);
      const mockOptions = { tokens: 'reuse', tokenLifetime: 60 } as const;
      const mock = createMock(DOCUMENT, { apiKey: 'k', account: 'm', store, mockOptions, now: () => AT(seconds) });
      const { body } = await mock.answer({
        method: 'POST',
        path: mock.path,
        headers: {
          authorization: `Basic ${btoa('k:')}`,
          'x-merchantid': 'm',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'object_reference_id=customer-1&mobile_number=99887766&options.get_client_auth_token=true',
      });
      await store.close();
      return (JSON.parse(String(body)) as { juspay: { client_auth_token: string } }).juspay;
    };
    const token = await ask(0);
    expect(token).toMatchObject({ client_auth_token_expiry: '2026-05-01T10:01:00Z' });
    expect(await ask(59)).toEqual(token);
    const later = await ask(60);
    expect(later.client_auth_token).not.toBe(token.client_auth_token);
  },
);

function neverMissing(): never {
  throw new Error('asked without SQLite');
}

describe.skipIf(sqlite === undefined)('a process killed while it writes', () => {
  const WRITER = fileURLToPath(new URL('../../fixtures/state-writer.ts', import.meta.url));

  test.each([1, 200, 1500])('loses none of %i stored customers', async (count) => {
    const child = spawn(process.execPath, ['--import', 'tsx', WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let last = -1;
    for await (const line of createInterface({ input: child.stdout })) {
      last = Number(line);
      if (last === count) child.kill('SIGKILL');
    }
    if (child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    expect(last).toBeGreaterThanOrEqual(count);
    const store = await openFileStore(file);
    for (let index = 0; index <= last; index++) {
      expect(store.get(`customer-${index}`)?.fields).toEqual({ note: `${index}-`.repeat(200) });
    }
    // One more may have been stored but not yet printed.
    expect(store.size - (last + 1)).toBeOneOf([0, 1]);
    store.set('afterwards', { id: 'x', created: AT(0), updated: AT(0), fields: {} });
    expect(store.get('afterwards')?.id).toBe('x');
    await store.close();
  });
});
