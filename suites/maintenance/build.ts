import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DOCUMENT } from '../mock/document.ts';

/**
 * Builds what the package publishes: the mock as handlers and as a command, as JavaScript and types. `--out FOLDER`,
 * default `dist`. Run by npm before it packs (`prepack`), so that the package is never older than its sources.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist') } } });

rmSync(values.out, { recursive: true, force: true });
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const build = ['-p', join(root, 'tsconfig.build.json'), '--outDir', values.out];
execFileSync(process.execPath, [compiler, ...build], { stdio: 'inherit' });

// A browser reads no YAML files: the document takes the place of the module that reads it, and what only that module
// needed goes.
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
writeFileSync(
  join(values.out, 'suites/mock/document.js'),
  `// Version ${version}; built from spec/openapi.yaml.\nexport const DOCUMENT = ${JSON.stringify(DOCUMENT)};\n`,
);
for (const name of readdirSync(join(values.out, 'spec'))) {
  if (!name.startsWith('setup-error.')) rmSync(join(values.out, 'spec', name));
}
console.log(`built ${values.out}`);
