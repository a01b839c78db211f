#!/usr/bin/env node
import { readFileSync } from 'node:fs';

// 1 is for a server that broke a claim: what fails before there is a verdict ends with 2, also what is imported here.
let exitCode = 2;
process.once('exit', (code) => {
  if (code === 1) process.exitCode = exitCode;
});
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};
const [{ runCommandLine }, { COMMANDS }] = await Promise.all([import('./command.ts'), import('./commands.ts')]);
exitCode = await runCommandLine(COMMANDS, process.argv.slice(2), version);
process.exitCode = exitCode;
