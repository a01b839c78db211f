import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { summaryOf } from '../proof/proof.ts';
import { prove } from '../proof/prove.ts';
import { proofText } from '../proof/table.ts';

/** `npm run prove`: prints the proof, writes proof.json and proof-matrix.json, and exits with 1 where it does not hold. */
const folder = process.env['JUSPAY_REPORT_DIR'] ?? 'reports/out';
const proof = await prove();
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'proof.json'), `${JSON.stringify(summaryOf(proof), null, 2)}\n`);
writeFileSync(join(folder, 'proof-matrix.json'), `${JSON.stringify(proof, null, 1)}\n`);
process.stdout.write(proofText(proof));
process.exitCode = proof.problems.length === 0 ? 0 : 1;
