import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';

/**
 * The folders in the order in which data flow: a file imports from its own folder and from those before it, and from none
 * behind it. A folder that is not listed belongs to the one that it lies in.
 */
const ORDER = [
  'spec',
  'suites/cases',
  'suites/settings',
  'suites/mock',
  'suites/targets',
  'suites/judge',
  'suites/properties',
  'suites/judge/customer',
  'suites/secrets',
  'suites/waivers',
  'suites/recording',
  'suites/judge/customer/grading',
  'reports',
  'reports/html',
  'reports/views',
  'reports/compare',
  'suites/runner',
  'suites/proof',
  'suites/commands',
  'suites/fixtures',
  'reports/fixtures',
  'suites/bench',
  'suites/maintenance',
  'suites',
];

/** Words that only this operation has. Where they stand, a second operation would have to be written in. */
const OPERATION =
  /object_reference_id|mobile_number|mobile_country_code|email_address|first_name|last_name|client_auth_token|date_created|\b(?:EP|AU|RQ|RS|GC|TK|ER)-\d|\bCustomerForm|\bCustomerWith|\bBadRequest\b|[mM]erchant/;
const HOLDS_THE_OPERATION = /^(?:spec|suites\/(?:cases|judge\/customer|mock|fixtures)|reports\/fixtures)\//;
/** Files beside those that may say such a word: what a user sets, and examples in help. */
const MOST_FILES = 10;

const ROOT = join(import.meta.dirname, '..');
const files = ['spec', 'suites', 'reports']
  .flatMap((top) => readdirSync(join(ROOT, top), { recursive: true }).map((name) => join(top, String(name))))
  .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^reports.out\b/.test(file));
const sources = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
const imports = new Map([...sources].map(([file, source]) => [file, importsOf(file, source)]));

/** The project's own files that a file imports, types and dynamic imports among them. */
function importsOf(file: string, source: string): string[] {
  const { module, errors } = parseSync(file, source);
  expect(errors, file).toEqual([]);
  const names = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => source.slice(start + 1, end - 1)),
  ];
  return names.filter((name) => name.startsWith('.')).map((name) => join(dirname(file), name));
}

function folderOf(file: string): string {
  const folder = ORDER.filter((name) => file.startsWith(`${name}/`)).sort((a, b) => b.length - a.length)[0];
  if (folder === undefined) throw new Error(`${file} lies in no folder of the order`);
  return folder;
}

test('every import goes down the order', () => {
  const upward = [...imports].flatMap(([file, names]) =>
    names
      .filter((name) => ORDER.indexOf(folderOf(name)) > ORDER.indexOf(folderOf(file)))
      .map((name) => `${file} imports ${name}`),
  );
  expect(upward).toEqual([]);
});

test('no file imports itself by way of others', () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' > '));
    if (path.includes(file) || done.has(file)) return;
    for (const name of imports.get(file) ?? []) visit(name, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test('the rules of the operation stand in its own folders', () => {
  const others = [...sources].filter(([file, source]) => !HOLDS_THE_OPERATION.test(file) && OPERATION.test(source));
  expect(others.length, others.map(([file]) => file).join('\n')).toBeLessThanOrEqual(MOST_FILES);
});
