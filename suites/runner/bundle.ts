import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';
import { writeWhole } from '../../reports/write-whole.ts';

/** What a bundle is made of, and where it is kept. */
export interface Sources {
  /** The folder that all paths are relative to. */
  readonly root: string;
  /** The modules that vitest, or a suite, names. Everything else is found from there. */
  readonly entries: readonly string[];
  /** Belongs to bundles alone: what nobody has used for a day is removed from it. */
  readonly cache: string;
  /** Packages that one of the modules stands in for. */
  readonly instead: Readonly<Record<string, string>>;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What `npm run conformance` runs. */
const OWN: Sources = {
  root: ROOT,
  entries: [
    'suites/runner/vitest-adapter.ts',
    'suites/runner/describe-cases.ts',
    ...readdirSync(join(ROOT, 'suites/cases'))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => `suites/cases/${name}`),
  ],
  cache: join(ROOT, 'node_modules/.cache/bundles'),
  instead: { 'tough-cookie': join(ROOT, 'suites/targets/no-cookies.ts') },
};

/** Packages that stay as they are: vitest's state is its own worker's; the others are of use in some runs only, and large. */
const UNBUNDLED = ['vitest', 'undici', 'yaml', '@apidevtools/swagger-parser', 'esbuild'];

const A_DAY = 24 * 60 * 60 * 1000;

/**
 * The run as a few large modules instead of two hundred small ones: vitest's worker asks for a module, waits for it, and
 * then asks for what that one imports, which takes longer than judging the mock. A bundle is used for as long as nothing
 * that it was made of has changed.
 * @returns the bundle's folder, with `/` between its parts: an entry `a/b.ts` is `a/b.mjs` in it. Undefined where none can
 *   be made, in a read-only checkout for example; the sources do the same, more slowly.
 */
export async function bundle(sources: Sources = OWN): Promise<string | undefined> {
  const made = lastMade(sources) ?? (await make(sources).catch(() => undefined));
  return made?.replaceAll(sep, '/');
}

/** The last bundle; undefined where there is none, or where it is not of these sources. */
function lastMade(sources: Sources): string | undefined {
  try {
    const paths = JSON.parse(readFileSync(inputsFile(sources), 'utf8')) as string[];
    const folder = folderOf(new Map(paths.map((path) => [path, readFileSync(path)])), sources);
    const now = new Date();
    utimesSync(folder, now, now);
    return folder;
  } catch {
    return undefined;
  }
}

/** Lists the files that the last bundle was made of. */
function inputsFile({ cache }: Sources): string {
  return join(cache, 'inputs.json');
}

/** A bundle is named after all that it is made of: a folder that is there is right, and whole. @param inputs by path */
function folderOf(inputs: ReadonlyMap<string, Buffer>, { root, entries, cache, instead }: Sources): string {
  const hash = createHash('sha256').update(JSON.stringify([root, entries, instead]));
  // The lock file stands for the packages.
  for (const file of [new URL(import.meta.url), join(root, 'package-lock.json')]) hash.update(readFileSync(file));
  for (const path of [...inputs.keys()].sort()) hash.update(`\n${path}\n`).update(inputs.get(path) ?? '');
  return join(cache, hash.digest('hex').slice(0, 16));
}

async function make(sources: Sources): Promise<string> {
  const { build } = await import('esbuild');
  const { root, entries, cache, instead } = sources;
  mkdirSync(cache, { recursive: true });
  removeUnused(cache);
  const unfinished = mkdtempSync(join(cache, 'unfinished-'));
  const inputs = new Map<string, Buffer>();
  await build({
    absWorkingDir: root,
    entryPoints: [...entries],
    outdir: unfinished,
    outbase: root,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: UNBUNDLED,
    alias: instead,
    // For packages that are no ES modules and need one of Node's own.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [ownSources(inputs)],
    logLevel: 'silent',
  });
  const folder = folderOf(inputs, sources);
  try {
    renameSync(unfinished, folder);
  } catch (thrown) {
    rmSync(unfinished, { recursive: true });
    // Another run was faster, and may be reading it.
    if (!existsSync(folder)) throw thrown;
  }
  writeWhole(inputsFile(sources), JSON.stringify([...inputs.keys()]));
  return folder;
}

/** Reads the sources. @param inputs gets each of them as it was read, so that the bundle has the name of what is in it */
function ownSources(inputs: Map<string, Buffer>): Plugin {
  return {
    name: 'own-sources',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.(ts|json)$/ }, ({ path }) => {
        if (path.includes('node_modules')) return undefined;
        const content = readFileSync(path);
        inputs.set(path, content);
        // What a source reads beside itself, it finds beside the source and not in the bundle.
        const contents = content
          .toString()
          .replaceAll('import.meta.url', () => JSON.stringify(pathToFileURL(path).href));
        return { contents, loader: 'default' };
      }),
  };
}

/** Whoever works on the sources makes a bundle with every change. */
function removeUnused(cache: string): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > A_DAY) rmSync(path, { recursive: true, force: true });
  }
}
