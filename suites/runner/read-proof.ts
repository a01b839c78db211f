import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Proof } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { messageOf } from '../../spec/setup-error.ts';

/**
 * Reads the proof that `npm run prove` wrote to a folder; undefined if there is none. An invalid one causes only a warning,
 * because it must not cost a run its verdict.
 */
export async function proofIn(folder: string): Promise<Proof | undefined> {
  const file = join(folder, 'proof.json');
  if (!existsSync(file)) return undefined;
  // Loading the validator takes a tenth of a run.
  const { readProof } = await import('../../reports/read-report.ts');
  try {
    return readProof(file);
  } catch (thrown) {
    process.stderr.write(`the report has no proof: ${forTerminal(messageOf(thrown))}\n`);
    return undefined;
  }
}
