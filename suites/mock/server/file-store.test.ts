import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SetupError } from '../../../spec/setup-error.ts';
import { DOCUMENT } from '../document.ts';
import { createMock } from '../mock.ts';
import { openFileStore } from './file-store.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-state-'));
  file = join(folder, 'customers');
});
afterEach(() => rmSync(folder, { recursive: true }));

const AT = (seconds: number) => new Date(Date.UTC(2026, 4, 1, 10, 0, seconds));

describe('a state file', () => {
  test('keeps customers as they were, dates included, whatever the reference', async () => {
    const customer = { id: 'cst_1', created: AT(1), updated: AT(2), fields: { first_name: 'Zoë' } };
    const references = ['customer-1', 'x'.repeat(5000), '\u0000\uD800', 'Ä'.repeat(8)];
    const first = openFileStore(file);
    for (const [index, reference] of references.entries()) {
      first.set(reference, { ...customer, id: `cst_${index}`, created: AT(9 - index) });
    }
    await first.close();
    const second = openFileStore(file);
    for (const [index, reference] of references.entries()) {
      expect(second.get(reference)).toEqual({ ...customer, id: `cst_${index}`, created: AT(9 - index) });
    }
    expect(second.get('customer-2')).toBeUndefined();
    expect([second.size, second.list().map(({ id }) => id)]).toEqual([4, ['cst_3', 'cst_2', 'cst_1', 'cst_0']]);
    second.clear();
    expect([second.size, second.list(), second.get('customer-1')]).toEqual([0, [], undefined]);
    await second.close();
  });

  test('that is none is refused, and left as it is', () => {
    const text = 'something else, and long enough to be read as a page. '.repeat(400);
    writeFileSync(file, text);
    const message = `state file "${file}" cannot be opened: it is no state file of the mock, and is left as it is; name another, or a new one`;
    expect(() => openFileStore(file)).toThrow(new SetupError(message));
    expect(readFileSync(file, 'utf8')).toBe(text);
    writeFileSync(file, 'short');
    expect(() => openFileStore(file)).toThrow(new SetupError(message));
  });

  test('that is a folder is refused', () => {
    expect(() => openFileStore(folder)).toThrow(SetupError);
    expect(() => openFileStore(folder)).toThrow(/^state file ".*" cannot be opened: EISDIR/);
  });

  test('that is empty is a new one', async () => {
    writeFileSync(file, '');
    const store = openFileStore(file);
    expect(store.size).toBe(0);
    await store.close();
  });
});

test('an expired token stays expired when the mock was started again, and another lives on', async () => {
  const ask = async (seconds: number) => {
    const store = openFileStore(file);
    const mockOptions = { tokens: 'reuse', tokenLifetime: 60 } as const;
    const mock = createMock(DOCUMENT, { apiKey: 'k', merchantId: 'm', store, mockOptions, now: () => AT(seconds) });
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
});

describe('a process that is killed while it writes', () => {
  const WRITER = fileURLToPath(new URL('../../fixtures/state-writer.ts', import.meta.url));

  test.each([1, 200, 1500])('after %i customers loses none that it had stored, and harms no other', async (count) => {
    const child = spawn(process.execPath, ['--import', 'tsx', WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let last = -1;
    for await (const line of createInterface({ input: child.stdout })) {
      last = Number(line);
      if (last === count) child.kill('SIGKILL');
    }
    if (child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    expect(last).toBeGreaterThanOrEqual(count);
    const store = openFileStore(file);
    for (let index = 0; index <= last; index++) {
      expect(store.get(`customer-${index}`)?.fields).toEqual({ note: `${index}-`.repeat(200) });
    }
    // One more may have been stored and not yet told.
    expect(store.size - (last + 1)).toBeOneOf([0, 1]);
    store.set('afterwards', { id: 'x', created: AT(0), updated: AT(0), fields: {} });
    expect(store.get('afterwards')?.id).toBe('x');
    await store.close();
  });
});
