import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Proof } from './report.ts';
import { forTerminal } from './terminal.ts';

/**
 * The proof that `npm run prove` left in a folder; undefined where it was not run. One that cannot be read is said and left
 * out: it is no reason to lose the verdict of a run.
 */
export async function proofIn(folder: string): Promise<Proof | undefined> {
  const file = join(folder, 'proof.json');
  if (!existsSync(file)) return undefined;
  // Checking takes a library that a run without proof needs not load.
  const { readProof, UnreadableReport } = await import('./read-report.ts');
  try {
    return readProof(file);
  } catch (thrown) {
    if (!(thrown instanceof UnreadableReport)) throw thrown;
    process.stderr.write(`the report goes without its proof: ${forTerminal(thrown.message)}\n`);
    return undefined;
  }
}
