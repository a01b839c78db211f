import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Proof } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { messageOf } from '../../spec/setup-error.ts';

/**
 * The proof that `npm run prove` left in a folder; undefined where it was not run. One that cannot be used is said and left
 * out: it is no reason to lose the verdict of a run.
 */
export function proofIn(folder: string): Proof | undefined {
  const file = join(folder, 'proof.json');
  if (!existsSync(file)) return undefined;
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isProof(value)) return value;
    return leftOut(`${file} is not a proof: npm run prove writes one`);
  } catch (thrown) {
    return leftOut(`${file} cannot be read: ${messageOf(thrown)}`);
  }
}

function leftOut(why: string): undefined {
  process.stderr.write(`the report goes without its proof: ${forTerminal(why)}\n`);
  return undefined;
}

/** By hand: the schema's library takes a tenth of a run to load, and the report that the proof goes into has the same schema. */
function isProof(value: unknown): value is Proof {
  const { schemaVersion, contractSha256, mutants, variants, byClaim, ...more } = asRecord(value);
  return (
    Object.keys(more).length === 0 &&
    schemaVersion === 1 &&
    typeof contractSha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(contractSha256) &&
    hasCounts(mutants, ['total', 'killed', 'blamed', 'precise', 'equivalent']) &&
    hasCounts(variants, ['total', 'passed']) &&
    typeof byClaim === 'object' &&
    byClaim !== null &&
    Object.values(asRecord(byClaim)).every((one) => hasCounts(one, ['mutants', 'killed']))
  );
}

/** These counts, and nothing else. */
function hasCounts(value: unknown, names: readonly string[]): boolean {
  const record = asRecord(value);
  const isCount = (count: unknown) => Number.isInteger(count) && Number(count) >= 0;
  return Object.keys(record).length === names.length && names.every((name) => isCount(record[name]));
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
