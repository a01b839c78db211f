import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newFolder } from '../suites/fixtures/new-folder.ts';
import { CONTRACT_FILES, type ContractFiles, loadContract } from './contract.ts';
import { SetupError } from './setup-error.ts';

const folder = newFolder();

const openapi = readFileSync(CONTRACT_FILES.openapi, 'utf8');
const claims = readFileSync(CONTRACT_FILES.claims, 'utf8');
let count = 0;

/** The contract's files with a text in one of them replaced; the text must exist. */
function changed(file: keyof ContractFiles, from: string | RegExp, to: string): ContractFiles {
  const texts = { openapi, claims };
  const text = texts[file].replace(from, to);
  expect(text).not.toBe(texts[file]);
  count += 1;
  const path = join(folder, `${file}-${count}.yaml`);
  writeFileSync(path, text);
  return { ...CONTRACT_FILES, [file]: path };
}

async function failure(files: ContractFiles): Promise<string> {
  const thrown: unknown = await loadContract(files).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(SetupError);
  return (thrown as SetupError).message.replaceAll(folder, '').replace(/-\d+\.yaml/g, '.yaml');
}

test('the contract is valid, and loading it again gives the same', async () => {
  const contract = await loadContract();
  expect(contract.version).toBe('1.0.0');
  expect(contract.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(await loadContract()).toEqual(contract);
});

test('a change in either file changes the hash', async () => {
  const hashes = await Promise.all([
    loadContract(),
    loadContract(changed('openapi', 'version: 1.0.0', 'version: 1.0.1')),
    loadContract(changed('claims', 'The operation is POST', 'The one operation is POST')),
  ]);
  expect(new Set(hashes.map(({ sha256 }) => sha256)).size).toBe(3);
});

describe('a broken document stops the run and names the place', () => {
  test.for([
    {
      what: 'invalid OpenAPI',
      files: () => changed('openapi', 'responses:', 'answers:'),
      says: /^\/openapi\.yaml: not a valid OpenAPI document: .*#\/paths\/~1v2~1customers\/post/s,
    },
    {
      what: 'a broken reference',
      files: () => changed('openapi', "'#/components/schemas/BadRequest'", "'#/components/schemas/Missing'"),
      says: /^\/openapi\.yaml: not a valid OpenAPI document: .*Missing/s,
    },
    {
      what: 'an unknown keyword',
      files: () => changed('openapi', 'const: customer', 'konst: customer'),
      says: '/openapi.yaml: #/components/schemas/CustomerWithoutToken does not compile: strict mode: unknown keyword: "konst"',
    },
    {
      what: 'a format that is not registered',
      files: () => changed('openapi', 'format: date-time', 'format: datetime'),
      says: '/openapi.yaml: #/components/schemas/CustomerWithoutToken does not compile: unknown format "datetime" ignored in schema at path "#/allOf/0/properties/date_created"',
    },
    {
      what: 'an invalid pattern',
      files: () => changed('openapi', "'^(?![_.])'", "'^(?![_.]'"),
      says: /^\/openapi\.yaml: #\/components\/schemas\/CustomerForm does not compile: Invalid regular expression/,
    },
    {
      what: 'an example that its schema rejects',
      files: () => changed('openapi', 'first_name: John', "first_name: 'J@hn'"),
      says: '/openapi.yaml: #/paths/~1v2~1customers/post/requestBody/content/application~1x-www-form-urlencoded/examples/sample: the example is rejected by its own schema: data/first_name must match pattern "^[A-Za-z0-9().\\-_ \\p{L}\\p{M}\\p{N}\\p{Zs}\\p{Cf}]*$"',
    },
    {
      what: 'a property example that its schema rejects',
      files: () => changed('openapi', "['99887766', '9988776655']", '[99887766]'),
      says: '/openapi.yaml: #/components/schemas/CustomerForm/properties/mobile_number/examples/0: the example is rejected by its own schema: data must be string',
    },
    {
      what: 'a constraint without a claim',
      files: () => changed('openapi', '{ type: EP-2, minLength: RQ-2 }', '{ type: EP-2 }'),
      says: '/openapi.yaml: #/components/schemas/CustomerForm/properties/object_reference_id/minLength names no claim; add it to x-claims',
    },
    {
      what: 'an undefined claim',
      files: () => changed('openapi', 'minLength: RQ-2', 'minLength: RQ-99'),
      says: /minLength names RQ-99, which is not a "must" claim$/,
    },
    {
      what: 'a constraint that names an open claim',
      files: () => changed('openapi', 'minLength: RQ-2', 'minLength: RQ-5'),
      says: /minLength names RQ-5, which is not a "must" claim$/,
    },
  ])('$what', async ({ files, says }) => {
    const message = await failure(files());
    if (typeof says === 'string') expect(message).toBe(says);
    else expect(message).toMatch(says);
  });
});

describe('a broken table of claims stops the run and names the entry', () => {
  test.for([
    [
      'a duplicate id',
      'id: EP-2,',
      'id: EP-1,',
      /^\/claims\.yaml:\d+:\d+: item 2 repeats the id of an earlier item: EP-1$/,
    ],
    [
      'a malformed id',
      'id: EP-1,',
      'id: ep1,',
      /^\/claims\.yaml:\d+:\d+: "id" is "ep1": expected two capitals and a number, like AB-1$/,
    ],
    [
      'an unknown level',
      'id: EP-1, level: must',
      'id: EP-1, level: should',
      /^\/claims\.yaml:\d+:\d+: "level" is "should": expected "must" or "open"$/,
    ],
    [
      'an open claim without observes',
      'id: EP-1, level: must',
      'id: EP-1, level: open',
      /\/claims\.yaml:\d+:\d+: "observes" is missing: expected a text\n.*"readings" is missing/,
    ],
    [
      'a misspelt key',
      'id: EP-1, level: must, page:',
      'id: EP-1, level: must, pgae:',
      /\/claims\.yaml:\d+:\d+: "page" is missing: expected a text\n.*"pgae" is unknown: expected id, level, page, /,
    ],
    [
      'no reading',
      ', reading: The operation is POST on /v2/customers under the base URL.',
      '',
      /^\/claims\.yaml:\d+:\d+: "reading" is missing: expected a text$/,
    ],
  ] as const)('%s', async ([, from, to, says]) => {
    expect(await failure(changed('claims', from, to))).toMatch(says);
  });

  test('a missing file', async () => {
    expect(await failure({ ...CONTRACT_FILES, claims: join(folder, 'absent.yaml') })).toMatch(
      /^\/absent\.yaml cannot be read: there is no such file/,
    );
  });
});
