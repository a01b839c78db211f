import { readFileSync } from 'node:fs';
import { complaints, inFull } from '../spec/check-value.ts';
import { SetupError } from '../spec/setup-error.ts';
import { readJson } from '../spec/text-file.ts';
import type { Proof, Report } from './report.ts';
import { fromVersion1 } from './version-1.ts';

const SCHEMA = JSON.parse(readFileSync(new URL('report.schema.json', import.meta.url), 'utf8')) as {
  readonly $defs: { readonly proof: object };
};
const PROOF_SCHEMA = { $defs: SCHEMA.$defs, ...SCHEMA.$defs.proof };

/** Maximum number of errors listed of one file. */
const PLACES = 5;

/**
 * Reads report.json of this version or the previous one.
 * @throws SetupError if it is missing, truncated, of another version or otherwise invalid
 */
export function readReport(file: string): Report {
  const value = fromVersion1(readJson(file));
  reject(problemsOf(value), `${file} is not a report of a conformance run`);
  return value as Report;
}

/** Reads proof.json. @throws SetupError if it is missing, truncated or otherwise invalid */
export function readProof(file: string): Proof {
  const value = readJson(file);
  reject(complaints(PROOF_SCHEMA, value).map(inFull), `${file} is not a proof written by juspay-conformance prove`);
  return value as Proof;
}

function reject(problems: readonly string[], otherwise: string): void {
  if (problems.length === 0) return;
  const named = problems.slice(0, PLACES).map((problem) => `\n  - ${problem}`);
  const more = problems.length > PLACES ? `\n  and ${problems.length - PLACES} more` : '';
  throw new SetupError(`${otherwise}:${named.join('')}${more}`);
}

/** Validates a value against report.schema.json. @returns the errors */
export function problemsOf(value: unknown): string[] {
  return complaints(SCHEMA, value).map(inFull);
}
