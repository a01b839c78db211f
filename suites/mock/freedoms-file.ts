import { readFileSync } from 'node:fs';
import { messageOf } from '../../spec/contract-error.ts';
import { type Allowed, FREEDOM_VALUES } from './freedom-values.ts';
import type { Freedoms } from './freedoms.ts';

/** A file of freedoms that cannot be used. */
export class FreedomsError extends Error {
  override readonly name = 'FreedomsError';
}

/**
 * Reads how the mock is to behave where the page leaves it a choice: JSON with an object "freedoms"; what it does not name
 * stays as it is.
 * @throws FreedomsError naming the file and every entry that is unknown or malformed
 */
export function readFreedoms(file: string): Partial<Freedoms> {
  try {
    return checkFreedoms(JSON.parse(readFileSync(file, 'utf8')));
  } catch (thrown) {
    throw new FreedomsError(`${file}: ${messageOf(thrown)}`);
  }
}

/** Checks the content of such a file. @throws FreedomsError naming every entry that is unknown or malformed */
export function checkFreedoms(value: unknown): Partial<Freedoms> {
  const freedoms = typeof value === 'object' && value !== null && 'freedoms' in value ? value.freedoms : undefined;
  if (typeof freedoms !== 'object' || freedoms === null || Array.isArray(freedoms)) {
    throw new FreedomsError('expected an object with an object "freedoms" in it');
  }
  const problems = Object.entries(freedoms).flatMap(([name, entry]: [string, unknown]) => {
    if (!Object.hasOwn(FREEDOM_VALUES, name)) return [`"${name}" is no freedom of the mock`];
    const allowed = FREEDOM_VALUES[name as keyof Freedoms];
    return isAllowed(entry, allowed) ? [] : [`"${name}" is ${JSON.stringify(entry)}: expected ${inWords(allowed)}`];
  });
  if (problems.length > 0) throw new FreedomsError(problems.join('; '));
  return freedoms;
}

function isAllowed(value: unknown, allowed: Allowed): boolean {
  if ('from' in allowed) return Number.isInteger(value) && Number(value) >= allowed.from && Number(value) <= allowed.to;
  return typeof value === 'string' && allowed.includes(value);
}

function inWords(allowed: Allowed): string {
  return 'from' in allowed ? `a whole number from ${allowed.from} to ${allowed.to}` : allowed.join(' or ');
}
