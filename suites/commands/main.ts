#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import module from 'node:module';

// Node.js 22.8 and newer cache compiled code; this must come before any import.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

// msw reads localStorage, which prints a warning in Node.js 25 and newer.
Object.defineProperty(globalThis, 'localStorage', { value: undefined, configurable: true, writable: true });

// The reader of a pipe may leave early (`--help | head -1`): the exit code and the files are the same without it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const loaded = await load().catch((thrown: unknown): never => {
  // Node.js itself would exit with 1, which means that a server broke a claim.
  process.stderr.write(`error: the suite does not start: ${thrown instanceof Error ? thrown.stack : thrown}\n`);
  process.exit(2);
});
process.exitCode = await loaded.runCommandLine(loaded.COMMANDS, process.argv.slice(2), loaded.version);

async function load() {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  const { runCommandLine } = await import('./command.ts');
  const { COMMANDS } = await import('./commands.ts');
  return { version, runCommandLine, COMMANDS };
}
