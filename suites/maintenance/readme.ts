import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freshOutputs, README, withOutput } from './readme-outputs.ts';

/** `npm run readme`: updates the output blocks of the README. A test fails when they are out of date. */
let readme = readFileSync(README, 'utf8');
for (const [name, fresh] of Object.entries(freshOutputs)) readme = withOutput(readme, name, await fresh());
const proof = execFileSync(
  process.execPath,
  ['--import', 'tsx', fileURLToPath(new URL('../commands/main.ts', import.meta.url)), 'prove'],
  {
    encoding: 'utf8',
  },
);
readme = withOutput(readme, 'prove', proof.slice(proof.indexOf('\nmutants ') + 1).trimEnd());
writeFileSync(README, readme);
