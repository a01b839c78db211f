import { existsSync } from 'node:fs';
import { parse } from 'dotenv';
import { messageOf } from '../../spec/setup-error.ts';
import { LARGEST_BY_HAND, readText } from '../../spec/text-file.ts';
import { settingsError } from './settings.ts';
import { isOptional, VARIABLES, type VariableName } from './variables.ts';

/**
 * Adds the variables of a .env file to this process's environment, without overwriting any.
 * DOTENV_CONFIG_PATH names another file. The file may be missing unless it is named, because every setting has a default
 * or is reported as missing.
 * @throws SetupError if the file cannot be read, or dotenv would misread it
 */
export function loadEnvironment(env: NodeJS.ProcessEnv = process.env): void {
  const named = env['DOTENV_CONFIG_PATH'];
  const file = named ?? '.env';
  if (named === undefined && !existsSync(file)) return;
  const text = readNamed(file, named === undefined ? '' : 'DOTENV_CONFIG_PATH names a file that cannot be used: ');
  const values = parse(text);
  const lines = text.split('\n');
  const problems = lines.flatMap((line, index) => {
    const problem = misread(line, values) ?? repeated(line, lines.slice(0, index));
    return problem === undefined ? [] : [`${file}:${index + 1}: ${problem}`];
  });
  for (const [name, value] of Object.entries(values)) {
    if (/^JUSPAY_/.test(name) && env[name]?.trim() === '' && value !== '' && !mayBeLeftOut(name)) {
      problems.push(`${name} is empty in the environment, which overrides ${file}: unset it there`);
    }
  }
  if (problems.length > 0) throw settingsError(problems);
  for (const [name, value] of Object.entries(values)) {
    if (env[name]?.trim() === '' && value !== '' && mayBeLeftOut(name)) delete env[name];
    else env[name] ??= value;
  }
}

/** Whether an empty variable in the environment leaves out what the file says: nothing else takes its place then. */
function mayBeLeftOut(name: string): boolean {
  return Object.hasOwn(VARIABLES, name) && isOptional(name as VariableName);
}

function readNamed(file: string, which: string): string {
  try {
    return readText(file, LARGEST_BY_HAND);
  } catch (thrown) {
    throw settingsError([`${which}${messageOf(thrown)}`]);
  }
}

/** A setting at the start of a line, or after a prefix that other shells and formats use. */
const NAMED = /^\s*(?:export\s+|set\s+|\$env:|-\s+|[{"'\s]+)?(JUSPAY[\w-]*)/i;

/** Lines that dotenv misreads: it skips what it cannot parse, and cuts an unquoted value at any "#". */
function misread(line: string, values: Readonly<Record<string, string>>): string | undefined {
  const [, name = ''] = NAMED.exec(line) ?? [];
  if (name === '') return undefined;
  if (!Object.hasOwn(values, name)) return `${name} cannot be parsed: expected ${name.replaceAll('-', '_')}=value`;
  return /^[^=:]*[=:]\s*[^'"`\s#][^#]*[^\s#]#/.test(line) || /^[^=:]*[=:]#\S/.test(line)
    ? `the value of ${name} is cut at "#": put it in quotes`
    : undefined;
}

function repeated(line: string, before: readonly string[]): string | undefined {
  const name = NAMED.exec(line)?.[1];
  const first = before.findIndex((other) => NAMED.exec(other)?.[1] === name);
  return name === undefined || first < 0 ? undefined : `${name} is set twice, first in line ${first + 1}`;
}
