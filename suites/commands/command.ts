import type { Screen } from '../../reports/views/console.ts';
import { SetupError } from '../../spec/setup-error.ts';

/** The command was called with other arguments than it takes. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Runs a command: its result becomes the process's exit code, and what it was given wrongly is said on standard error, with
 * its usage and exit code 2. Anything else that is thrown is a defect.
 */
export async function runCommand(usage: string, command: (args: string[]) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command(process.argv.slice(2));
  } catch (thrown) {
    // Node's parseArgs throws TypeErrors for options that it does not know.
    const ours = thrown instanceof SetupError || thrown instanceof UsageError || isParseArgsError(thrown);
    if (!ours || !(thrown instanceof Error)) throw thrown;
    process.stderr.write(`${thrown.message}\n\n${usage}`);
    process.exitCode = 2;
  }
}

/** The terminal that the command's output goes to. */
export function screen(): Screen {
  const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
  return { colour, columns: process.stdout.columns ?? 120 };
}

function isParseArgsError(thrown: unknown): boolean {
  return thrown instanceof TypeError && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS');
}
