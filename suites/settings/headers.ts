import { existsSync } from 'node:fs';
import { messageOf } from '../../spec/setup-error.ts';
import { readText } from '../../spec/text-file.ts';
import { type Environment, optional } from './values.ts';

/** A header that every call carries beside those of the documentation. */
export interface ExtraHeader {
  /** In lowercase. */
  readonly name: string;
  /** With `{object_reference_id}` where the call's own belongs. */
  readonly value: string;
  /** The value is masked wherever it could be printed or written. */
  readonly secret: boolean;
}

const NAME = 'JUSPAY_HEADERS';
/** Stands in a value for the reference of the call that carries it. */
const REFERENCE = '{object_reference_id}';

/** Headers that cases vary, or that the client has to get right for a request to be one. */
const OURS =
  /^(?:authorization|x-merchantid|content-type|content-length|content-encoding|accept|accept-encoding|host|connection|transfer-encoding|expect|te|trailer|upgrade|keep-alive|proxy-.*)$/;

/** Names that speak of a secret. What is one without saying so is marked by whoever sets it. */
const SECRET = /key|token|secret|auth|passw|credential|signature|cookie|session/;

/** Fewer characters than these cannot be told from other text, so that nothing could mask them. */
const SHORTEST_SECRET = 6;

/**
 * Reads the headers that every call of a live run carries: one `name: value` a line, or a file of such lines. A line that
 * begins with # is a comment; `secret` before a name has its value masked.
 * @param problems what is wrong is added here; it never shows a value
 */
export function readHeaders(env: Environment, problems: string[]): ExtraHeader[] {
  if (env[NAME] === undefined) return [];
  const text = optional(env, NAME, problems);
  const headers = new Map<string, ExtraHeader>();
  for (const [index, line] of linesOf(text, problems).entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const header = readHeader(line);
    const problem = typeof header === 'string' ? header : headers.has(header.name) ? 'is there twice' : undefined;
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
    if (text !== '') problems.push(`${NAME} is no header (\`name: value\`), and as a file ${messageOf(thrown)}`);
    return [];
  }
}

/** @returns what is wrong with the line, where it is no header that may be sent */
function readHeader(line: string): ExtraHeader | string {
  const [, marked, given = '', value = ''] = /^\s*(secret\s+)?([^\s:]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
  const name = given.toLowerCase();
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return 'expected `name: value` (not shown)';
  if (OURS.test(name)) return `${name} is not to be set: the suite sends its own, and its cases vary it`;
  if (!/^[\x20-\x7e]+$/.test(value)) return `${name} has a value that is empty or not of printable ASCII characters`;
  if (value.includes('\\n')) return `${name} has \\n in its value: write each header in a line of its own`;
  if (/\{(?!object_reference_id\})\w+\}/.test(value))
    return `${name} has a name in braces: only ${REFERENCE} is replaced`;
  const secret = marked !== undefined || SECRET.test(name);
  if (!secret) return { name, value, secret };
  if (value.includes(REFERENCE)) return `${name} is a secret, which ${REFERENCE} cannot be a part of`;
  if (value.length < SHORTEST_SECRET) {
    return `${name} is a secret of fewer than ${SHORTEST_SECRET} characters, which cannot be masked`;
  }
  return { name, value, secret };
}

/** The headers of one call. @param reference the call's own; empty where it has none */
export function headersFor(headers: readonly ExtraHeader[], reference: string): Record<string, string> {
  // What a header cannot hold is percent-coded; a call without a reference still carries the header, or it would be refused
  // for want of that.
  const written =
    reference.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(Buffer.from(text).toString())) || 'none';
  return Object.fromEntries(headers.map(({ name, value }) => [name, value.replaceAll(REFERENCE, () => written)]));
}

/** What stands for a secret header's value. */
export function placeholder(name: string): string {
  return `header ${name}`;
}

/** The headers as a plan shows them. */
export function headersInWords(headers: readonly ExtraHeader[]): string {
  const told = headers.map(({ name, value, secret }) => `${name}: ${secret ? `[${placeholder(name)}]` : value}`);
  return told.length === 0 ? 'those of the documentation' : `those of the documentation, and ${told.join(', ')}`;
}
