import { existsSync } from 'node:fs';
import { messageOf } from '../../spec/setup-error.ts';
import { readText } from '../../spec/text-file.ts';
import { type Environment, optional } from './values.ts';

/** A header that every call has in addition to the documented ones. */
export interface ExtraHeader {
  /** In lowercase. */
  readonly name: string;
  /** May contain `{object_reference_id}`. */
  readonly value: string;
  /** Whether to mask the value in all output. */
  readonly secret: boolean;
}

const NAME = 'JUSPAY_HEADERS';
/** Placeholder for the reference of the call. */
const REFERENCE = '{object_reference_id}';

/** Headers that cases vary, or that the client must set itself. */
const OURS =
  /^(?:authorization|x-merchantid|content-type|content-length|content-encoding|accept|accept-encoding|host|connection|transfer-encoding|expect|te|trailer|upgrade|keep-alive|proxy-.*)$/;

/** Names of secret headers. Others need the mark `secret`. */
const SECRET = /key|token|secret|auth|passw|credential|signature|cookie|session/;

/** A shorter secret cannot be masked, because it would match other text. */
const SHORTEST_SECRET = 6;

/**
 * Reads the headers for every call of a live run: one `name: value` per line, or a file of such lines. Lines that start
 * with # are comments; `secret` before a name masks its value. Adds errors to `problems`, without showing a value.
 */
export function readHeaders(env: Environment, problems: string[]): ExtraHeader[] {
  if (env[NAME] === undefined) return [];
  const text = optional(env, NAME, problems);
  const headers = new Map<string, ExtraHeader>();
  for (const [index, line] of linesOf(text, problems).entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const header = readHeader(line);
    const problem = typeof header === 'string' ? header : headers.has(header.name) ? 'is set twice' : undefined;
    if (typeof header === 'string' || problem !== undefined) {
      problems.push(`${NAME}, line ${index + 1}: ${typeof header === 'string' ? '' : `${header.name} `}${problem}`);
    } else headers.set(header.name, header);
  }
  return [...headers.values()];
}

function linesOf(text: string, problems: string[]): string[] {
  if (text.includes('\n') || !(existsSync(text) || !text.includes(':'))) return text.split('\n');
  try {
    return readText(text).split('\n');
  } catch (thrown) {
    if (text !== '') problems.push(`${NAME} is not a header (\`name: value\`), and as a file ${messageOf(thrown)}`);
    return [];
  }
}

/** @returns the header, or the error in the line */
function readHeader(line: string): ExtraHeader | string {
  const [, marked, given = '', value = ''] = /^\s*(secret\s+)?([^\s:]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
  const name = given.toLowerCase();
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return 'expected `name: value` (not shown)';
  if (OURS.test(name)) return `${name} cannot be set: the suite sets it, and cases vary it`;
  if (!/^[\x20-\x7e]+$/.test(value)) return `${name} must have a value of printable ASCII characters`;
  if (value.includes('\\n')) return `${name} has \\n in its value: write one header per line`;
  if (/\{(?!object_reference_id\})\w+\}/.test(value)) return `${name} has a placeholder other than ${REFERENCE}`;
  const secret = marked !== undefined || SECRET.test(name);
  if (!secret) return { name, value, secret };
  if (value.includes(REFERENCE)) return `${name} is a secret, and cannot contain ${REFERENCE}`;
  if (value.length < SHORTEST_SECRET) {
    return `${name} is a secret shorter than ${SHORTEST_SECRET} characters, which cannot be masked`;
  }
  return { name, value, secret };
}

/** The headers of one call. @param reference of the call; empty for none */
export function headersFor(headers: readonly ExtraHeader[], reference: string): Record<string, string> {
  // Percent-encodes what a header cannot contain. A call without a reference sends the header too, because a missing header
  // may be rejected for that alone.
  const written =
    reference.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(Buffer.from(text).toString())) || 'none';
  return Object.fromEntries(headers.map(({ name, value }) => [name, value.replaceAll(REFERENCE, () => written)]));
}

/** Placeholder for a secret header's value in output. */
export function placeholder(name: string): string {
  return `header ${name}`;
}

/** The headers as a plan shows them. */
export function headersInWords(headers: readonly ExtraHeader[]): string {
  const shown = headers.map(({ name, value, secret }) => `${name}: ${secret ? `[${placeholder(name)}]` : value}`);
  return shown.length === 0 ? 'the documented ones' : `the documented ones, and ${shown.join(', ')}`;
}
