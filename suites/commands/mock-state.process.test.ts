import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { askMock, CUSTOMER } from '../fixtures/ask-mock.ts';
import { type MockHere, startMockHere } from '../fixtures/mock-here.ts';
import { type MockProcess, startMockProcess } from '../fixtures/mock-process.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { loadSqlite } from '../mock/server/file-store.ts';

// Starting processes is slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const noSqlite = (await loadSqlite()) === undefined;

describe('state', () => {
  let mock: MockProcess | undefined;
  let here: MockHere | undefined;
  afterEach(async () => {
    await mock?.stop('SIGKILL');
    await here?.close();
    mock = undefined;
    here = undefined;
  });

  async function start(...args: readonly string[]): Promise<MockHere> {
    here = await startMockHere(args);
    return here;
  }

  test.skipIf(noSqlite)('survives the mock in a file, even if it is killed; is lost otherwise', async () => {
    const file = join(newFolder(), 'customers');
    const ids: string[] = [];
    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGTERM'] as const) {
      mock = await startMockProcess(['--state', file]);
      ids.push(((await (await askMock(mock.url, CUSTOMER)).json()) as { id: string }).id);
      await mock.stop(signal);
    }
    expect(new Set(ids).size).toBe(1);
    const { url } = await start();
    expect(((await (await askMock(url, CUSTOMER)).json()) as { id: string }).id).not.toBe(ids[0]);
  });

  test('can be listed and reset with --admin and the key', async () => {
    const { url } = await start('--admin', '--option', 'tokens=reuse');
    const headers = { authorization: `Basic ${btoa('your_api_key:')}` };
    const admin = async (method: string) => (await fetch(`${url}/_mock/state`, { method, headers })).json();
    await askMock(url, { ...CUSTOMER, 'options.get_client_auth_token': 'true' });
    const list = await admin('GET');
    expect(list).toMatchObject({ customers: [{ id: expect.stringMatching(/^cst_/), fields: CUSTOMER }] });
    expect(JSON.stringify(list)).not.toContain('tkn_');
    for (const method of ['GET', 'DELETE']) {
      const refused = await fetch(`${url}/_mock/state`, { method });
      expect([refused.status, await refused.text()]).toEqual([401, expect.not.stringContaining('customer-1')]);
    }
    expect(await admin('DELETE')).toEqual({ forgotten: 1 });
    expect(await admin('GET')).toEqual({ customers: [] });
  });

  test('is not shown without --admin', async () => {
    const { url } = await start();
    const headers = { authorization: `Basic ${btoa('your_api_key:')}` };
    expect((await fetch(`${url}/_mock/state`, { headers })).status).toBe(404);
  });

  test('has a limit in memory', async () => {
    const { url, lines } = await start('--limit', '2');
    const idOf = async (reference: string) => {
      const answer = await askMock(url, { ...CUSTOMER, object_reference_id: reference });
      return ((await answer.json()) as { id: string }).id;
    };
    const first = await idOf('customer-1');
    const second = await idOf('customer-2');
    await idOf('customer-3');
    expect(await idOf('customer-2')).toBe(second);
    expect(await idOf('customer-1')).not.toBe(first);
    expect(lines.filter((line) => /dropping the oldest/.test(line))).toHaveLength(1);
  });
});
