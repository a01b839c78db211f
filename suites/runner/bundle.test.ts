import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { bundle, type Sources } from './bundle.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A project of three modules and a file that one of them reads. */
function project(): Sources & { write(file: string, content: string): void } {
  const root = mkdtempSync(join(tmpdir(), 'bundle-'));
  folders.push(root);
  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  };
  write('package-lock.json', '{}');
  write('a/entry.ts', "import { greeting } from '../b/greeting.ts'; export const said: string = greeting + '!';");
  write(
    'b/greeting.ts',
    `import { readFileSync } from 'node:fs';
     export const greeting = readFileSync(new URL('greeting.txt', import.meta.url), 'utf8');`,
  );
  write('b/greeting.txt', 'hello');
  return { root, entries: ['a/entry.ts'], cache: join(root, 'cache'), instead: {}, write };
}

/** The folder of a bundle that must be there. */
async function bundled(sources?: Sources): Promise<string> {
  const folder = await bundle(sources);
  if (folder === undefined) throw new Error('no bundle was made');
  return folder;
}

async function said(folder: string): Promise<unknown> {
  const module: { said?: unknown } = await import(/* @vite-ignore */ `${pathToFileURL(folder).href}/a/entry.mjs`);
  return module.said;
}

describe('a bundle', () => {
  test('does what the sources do, and reads what they read', async () => {
    expect(await said(await bundled(project()))).toBe('hello!');
  });

  test('is used again for as long as no source changes', async () => {
    const { write, ...sources } = project();
    const first = await bundled(sources);
    writeFileSync(join(first, 'mark'), '');
    expect(await bundled(sources)).toBe(first);
    expect(existsSync(join(first, 'mark'))).toBe(true);
  });

  test.each([
    ['an entry', 'a/entry.ts', "export const said = 'changed';"],
    ['what an entry imports', 'b/greeting.ts', "export const greeting = 'changed';"],
    ['the lock file', 'package-lock.json', '{ "changed": true }'],
  ])('is made anew when %s changes', async (_, file, content) => {
    const { write, ...sources } = project();
    const first = await bundled(sources);
    write(file, content);
    const second = await bundled(sources);
    expect(second).not.toBe(first);
    if (file.endsWith('.ts')) expect(await said(second)).toMatch(/^changed/);
  });

  test('is made anew when there is another entry', async () => {
    const { write, ...sources } = project();
    await bundled(sources);
    write('a/more.ts', 'export const more = 1;');
    const folder = await bundled({ ...sources, entries: [...sources.entries, 'a/more.ts'] });
    expect(existsSync(join(folder, 'a/more.mjs'))).toBe(true);
  });

  test('has another module in place of a package', async () => {
    const { write, ...sources } = project();
    write('a/entry.ts', "import { name } from 'some-package'; export const said = name;");
    write('b/instead.ts', "export const name = 'instead';");
    const instead = { 'some-package': join(sources.root, 'b/instead.ts') };
    expect(await said(await bundled({ ...sources, instead }))).toBe('instead');
  });

  test('is found again when a change is taken back', async () => {
    const { write, ...sources } = project();
    const first = await bundled(sources);
    const entry = readFileSync(join(sources.root, 'a/entry.ts'), 'utf8');
    write('a/entry.ts', "export const said = 'changed';");
    await bundled(sources);
    write('a/entry.ts', entry);
    expect(await bundled(sources)).toBe(first);
    expect(await said(first)).toBe('hello!');
  });

  test('may be made by several runs at once', async () => {
    const sources = project();
    const made = await Promise.all([bundled(sources), bundled(sources), bundled(sources)]);
    expect(new Set(made).size).toBe(1);
    expect(await said(made[0] as string)).toBe('hello!');
  });

  test('that nobody has used for a day goes when the next one is made', async () => {
    const { write, ...sources } = project();
    const [first, inUse] = [await bundled(sources), join(sources.cache, 'in-use')];
    mkdirSync(inUse);
    const longAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);
    utimesSync(first, longAgo, longAgo);
    write('a/entry.ts', "export const said = 'changed';");
    await bundled(sources);
    expect(existsSync(first)).toBe(false);
    expect(existsSync(inUse)).toBe(true);
  });

  test.each([
    ['the sources cannot be bundled', (root: string) => writeFileSync(join(root, 'a/entry.ts'), 'export const = 1;')],
    ['the cache cannot be written', (root: string) => writeFileSync(join(root, 'cache'), 'a file')],
  ])('is done without where %s', async (_, spoil) => {
    const sources = project();
    spoil(sources.root);
    expect(await bundle(sources)).toBeUndefined();
    expect(readdirSync(sources.root)).not.toContain('a/entry.mjs');
  });
});

test('whatever a suite imports of ours is in the bundle under its own name', async () => {
  const folder = await bundled();
  const suites = readdirSync(join(ROOT, 'suites')).filter((name) => name.endsWith('.suite.ts'));
  const imported = suites.flatMap((name) =>
    [...readFileSync(join(ROOT, 'suites', name), 'utf8').matchAll(/'(\.[^']+)\.ts'/g)].map(([, module]) => module),
  );
  expect(imported.length).toBeGreaterThanOrEqual(2 * suites.length);
  for (const module of imported) expect(existsSync(join(folder, 'suites', `${module}.mjs`)), module).toBe(true);
});
