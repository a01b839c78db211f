import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { loadContract } from '../../spec/contract.ts';

/**
 * Builds what the package publishes: the command, the suite as a function, the vitest adapter and the mock's handlers, each
 * bundled with all that it needs, and their types. `--out FOLDER`, default `dist`. npm runs it before it packs (`prepack`),
 * so that a package is never older than its sources.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string', default: join(ROOT, 'dist') } } });
const OUT = values.out;
const SPEC = join(ROOT, 'spec');

/** What can be imported, or run. Only the mock takes msw from its user; the others bring the part of it that they need. */
const RUN = { cli: 'suites/commands/main.ts', 'prove-process': 'suites/proof/prove-process.ts' };
const EXPORTED = { index: 'suites/runner/own-runner.ts', vitest: 'suites/runner/vitest-suite.ts' };
const MOCK = { mock: 'suites/mock/customer-handlers.ts' };

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const contract = await loadContract();
const common: BuildOptions = {
  absWorkingDir: ROOT,
  outdir: OUT,
  bundle: true,
  minifySyntax: true,
  minifyWhitespace: true,
  // Node.js prints the line that an error comes from.
  lineLimit: 200,
  // Stack traces of a defect name our functions.
  target: 'node20',
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [ownFiles()],
};

await build({
  ...common,
  entryPoints: { ...RUN, ...EXPORTED },
  format: 'esm',
  platform: 'node',
  splitting: true,
  // Beside the entries, so that what a source names is found from each of them in the same place.
  chunkNames: '[name]-[hash]',
  external: ['vitest'],
  // For packages that are no ES modules and need one of Node's own.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
await build({ ...common, entryPoints: MOCK, format: 'esm', platform: 'neutral', external: ['msw'] });
await build({
  ...common,
  entryPoints: MOCK,
  format: 'cjs',
  platform: 'neutral',
  external: ['msw'],
  outExtension: { '.js': '.cjs' },
});
writeTypes();
console.log(`built ${OUT}`);

/**
 * What a source reads beside itself is copied into the package, and found there; a contract that was checked when the
 * package was built takes the place of the code that checks it, which a browser could not run.
 */
function ownFiles(): Plugin {
  const inlined: Readonly<Record<string, string>> = {
    'spec/contract.ts': `import { fileURLToPath } from 'node:url';
const contract = ${JSON.stringify(contract)};
export const loadContract = async () => contract;
const place = (name) => fileURLToPath(new URL(name, import.meta.url));
export const CONTRACT_FILES = { openapi: place('${placeOf('openapi.yaml', SPEC)}'), claims: place('${placeOf('claims.yaml', SPEC)}') };`,
    'suites/mock/document.ts': `export const DOCUMENT = ${JSON.stringify(contract.document)};`,
  };
  return {
    name: 'own-files',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (path.includes('node_modules')) return undefined;
        const instead = inlined[path.slice(ROOT.length).replaceAll('\\', '/')];
        if (instead !== undefined) return { contents: instead, loader: 'js' };
        const contents = readFileSync(path, 'utf8').replaceAll(
          /new URL\('([^']+\.(?:css|js|json|yaml|ts))', import\.meta\.url\)/g,
          (_, name: string) => `new URL(${JSON.stringify(placeOf(name, dirname(path)))}, import.meta.url)`,
        );
        return { contents, loader: 'ts' };
      }),
  };
}

/** Where a file that a source names is found in the package. */
function placeOf(name: string, folder: string): string {
  if (basename(name) === 'package.json') return '../package.json';
  if (name.endsWith('.ts')) return `./${basename(name, '.ts')}.js`;
  mkdirSync(join(OUT, 'files'), { recursive: true });
  copyFileSync(join(folder, name), join(OUT, 'files', basename(name)));
  return `./files/${basename(name)}`;
}

/**
 * The declarations of what can be imported, and of what they name; once as ES modules and once, for the mock's handlers, as
 * CommonJS.
 */
function writeTypes(): void {
  const all = join(OUT, 'declarations');
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', join(ROOT, 'tsconfig.build.json'), '--outDir', all], {
    stdio: 'inherit',
  });
  const entries = (sources: Readonly<Record<string, string>>) => Object.values(sources).map((name) => join(all, name));
  copyTypes(entries({ ...EXPORTED, ...MOCK }), all, join(OUT, 'types'));
  copyTypes(entries(MOCK), all, join(OUT, 'types-cjs'));
  writeFileSync(join(OUT, 'types-cjs/package.json'), '{ "type": "commonjs" }\n');
  rmSync(all, { recursive: true });
}

/** Copies declarations, and those that they import. @param sources paths as of the sources, in the folder `from` */
function copyTypes(sources: readonly string[], from: string, to: string): void {
  const wanted = new Set(sources);
  // A set is walked to its end, with what is added on the way.
  for (const source of wanted) {
    const text = readFileSync(source.replace(/\.ts$/, '.d.ts'), 'utf8').replaceAll(
      /from '(\.[^']+)\.ts'/g,
      (_, name: string) => {
        wanted.add(join(dirname(source), `${name}.ts`));
        return `from '${name}.js'`;
      },
    );
    const file = join(to, source.slice(from.length).replace(/\.ts$/, '.d.ts'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
