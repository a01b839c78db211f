import { readFileSync } from 'node:fs';
import type { Freedoms } from './freedoms.ts';

/** What each freedom may be set to: a list of words, or a range of whole numbers. */
export const FREEDOM_VALUES: Readonly<
  Record<keyof Freedoms, readonly string[] | { readonly from: number; readonly to: number }>
> = {
  laterCall: ['keep', 'update'],
  referenceCase: ['distinct', 'same'],
  tokens: ['new', 'reuse'],
  tokenLifetime: { from: 1, to: 1_000_000_000 },
  unsent: ['absent', 'empty', 'null'],
  jsonBody: ['refuse', 'accept'],
  otherMediaType: ['refuse', 'accept'],
  unversionedPath: ['refuse', 'accept'],
  keyRefusal: { from: 400, to: 499 },
  merchantRefusal: { from: 400, to: 499 },
  keyWithoutColon: ['refuse', 'accept'],
  password: ['refuse', 'accept'],
  otherMerchant: ['refuse', 'accept'],
  unknownFields: ['ignore', 'refuse'],
  customerIdField: ['absent', 'present'],
};

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
    throw new FreedomsError(`${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
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

type Allowed = (typeof FREEDOM_VALUES)[keyof Freedoms];

function isAllowed(value: unknown, allowed: Allowed): boolean {
  if ('from' in allowed) return Number.isInteger(value) && Number(value) >= allowed.from && Number(value) <= allowed.to;
  return typeof value === 'string' && allowed.includes(value);
}

function inWords(allowed: Allowed): string {
  return 'from' in allowed ? `a whole number from ${allowed.from} to ${allowed.to}` : allowed.join(' or ');
}
