import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { recordRun } from '../fixtures/record-run.ts';
import { startReferenceServer } from '../fixtures/reference-server.ts';

const KEYS = { apiKey: 'reference_key_0001', account: 'reference_merchant' };
const FOLDER = new URL('../../node_modules/har-schema/lib/', import.meta.url);

/** The HAR 1.2 schema of other tools, which must be able to open a recording. */
function harValidator() {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const read = (url: URL) => JSON.parse(readFileSync(url, 'utf8')) as { $id: string; $schema?: string };
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.json'))) {
    // Written for draft 6, but without anything that later drafts read differently.
    const { $schema: _, ...schema } = read(new URL(name, FOLDER));
    ajv.addSchema(schema);
  }
  const validate = ajv.getSchema('har.json#') ?? ajv.getSchema('har.json');
  if (validate === undefined) throw new Error('har-schema has no har.json');
  return (value: unknown) =>
    validate(value) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
}

test('a recording is valid HAR 1.2, with and without answers', async () => {
  const errorsOf = harValidator();
  expect(errorsOf({ log: { version: '1.2', creator: { name: 'a' }, entries: [] } })).not.toEqual([]);
  const contract = await loadContract();
  const server = await startReferenceServer({ ...KEYS, fault: 'byte-order-mark' });
  const { har } = await recordRun(contract, { url: server.url, ...KEYS });
  await server.close();
  expect(har.log.entries.length).toBeGreaterThan(300);
  expect(errorsOf(har)).toEqual([]);
  const gone = await recordRun(contract, { url: server.url, ...KEYS }, allCases.slice(0, 3));
  expect(gone.har.log.entries.map(({ response }) => response.status)).toContain(0);
  expect(errorsOf(gone.har)).toEqual([]);
});
