import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Proof } from './report.ts';

/** The proof that `npm run prove` left in a folder; undefined where it was not run. @throws UnreadableReport where it is malformed */
export async function proofIn(folder: string): Promise<Proof | undefined> {
  const file = join(folder, 'proof.json');
  if (!existsSync(file)) return undefined;
  // Checking takes a library that a run without proof needs not load.
  const { readProof } = await import('./read-report.ts');
  return readProof(file);
}
