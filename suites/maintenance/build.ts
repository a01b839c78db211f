import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { loadContract } from '../../spec/contract.ts';

/**
 * Builds the package: the command, the suite as a function, the vitest adapter and the mock's handlers, each bundled with its
 * dependencies, and their types. `--out FOLDER`, default `dist`; `--no-types` for tests. npm runs it before packing
 * (`prepack`), so that a package is never older than its sources.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { values } = parseArgs({
  options: { out: { type: 'string', default: join(ROOT, 'dist') }, 'no-types': { type: 'boolean' } },
});
const OUT = values.out;
const SPEC = join(ROOT, 'spec');

/** Entry points. Only the mock uses its user's msw; the others bundle the parts they need. */
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
  // No minifyIdentifiers: stack traces of a defect should name our functions.
  // Node.js prints the whole source line of an error.
  lineLimit: 200,
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
  // Chunks in the entries' folder, so that relative paths to files are the same from all of them.
  chunkNames: '[name]-[hash]',
  external: ['vitest'],
  // For CommonJS packages that require Node's built-in modules.
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
if (values['no-types'] !== true) writeTypes();
console.log(`built ${OUT}`);

/**
 * Copies files that sources read by relative URL into the package, and rewrites the URLs. Inlines the contract, checked at
 * build time, in place of the code that checks it, which a browser cannot run.
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

/** The package path of a file that a source refers to. */
function placeOf(name: string, folder: string): string {
  if (basename(name) === 'package.json') return '../package.json';
  if (name.endsWith('.ts')) return `./${basename(name, '.ts')}.js`;
  mkdirSync(join(OUT, 'files'), { recursive: true });
  copyFileSync(join(folder, name), join(OUT, 'files', basename(name)));
  return `./files/${basename(name)}`;
}

/**
 * Writes the declarations of the importable entry points and of their imports; as ES modules, and for the mock's handlers as
 * CommonJS too.
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

/** Copies declarations and their imports. @param sources source paths, in the folder `from` */
function copyTypes(sources: readonly string[], from: string, to: string): void {
  const wanted = new Set(sources);
  // The loop also visits what it adds to the set.
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
