import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Proof } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { messageOf } from '../../spec/setup-error.ts';

/**
 * The proof that `npm run prove` left in a folder; undefined where it was not run. One that cannot be used is said and left
 * out: it is no reason to lose the verdict of a run.
 */
export async function proofIn(folder: string): Promise<Proof | undefined> {
  const file = join(folder, 'proof.json');
  if (!existsSync(file)) return undefined;
  // What checks it takes a tenth of a run to load.
  const { readProof } = await import('../../reports/read-report.ts');
  try {
    return readProof(file);
  } catch (thrown) {
    process.stderr.write(`the report goes without its proof: ${forTerminal(messageOf(thrown))}\n`);
    return undefined;
  }
}
