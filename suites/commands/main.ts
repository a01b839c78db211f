#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { runCommandLine } from './command.ts';
import { COMMANDS } from './commands.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};
process.exitCode = await runCommandLine(COMMANDS, process.argv.slice(2), version);
