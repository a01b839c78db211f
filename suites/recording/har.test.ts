import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../fixtures/new-folder.ts';
import { valueAt } from '../judge/body.ts';
import { readHar } from './har.ts';

const FORM = 'object_reference_id=shop-cust-0001&mobile_number=9988776655';

test('reads bodies in files next to a HAR, and none from elsewhere', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'traffic'));
  writeFileSync(join(folder, 'secret.json'), '{}');
  writeFileSync(join(folder, 'traffic', 'form.bin'), FORM);
  writeFileSync(join(folder, 'traffic', 'é.json'), '{"id":"cst_ü"}');
  symlinkSync(join(folder, 'secret.json'), join(folder, 'traffic', 'link.json'));
  const named = ['é.json', '../secret.json', join(folder, 'secret.json'), 'link.json', 'nowhere', '.', '', 7];
  const entries = named.map((_file) => ({
    request: { postData: { mimeType: 'application/x-www-form-urlencoded', _file: 'form.bin' } },
    response: { content: { mimeType: 'application/json', _file } },
  }));
  const file = join(folder, 'traffic', 'run.har');
  writeFileSync(file, JSON.stringify({ log: { entries: [...entries, null, { request: 1 }] } }));
  const read = readHar(file)
    .log.entries.slice(0, named.length)
    .map((entry) =>
      ['/request/postData/text', '/response/content/text'].map((place) => {
        const text = valueAt(entry, place);
        return text === undefined ? undefined : Buffer.from(String(text), 'base64').toString();
      }),
    );
  expect(read).toEqual(named.map((_, index) => [FORM, index === 0 ? '{"id":"cst_ü"}' : undefined]));
  expect(() => readHar(join(folder, 'traffic.zip'))).toThrow('is a zip file: unpack it');
});
