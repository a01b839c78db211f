import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Definition } from './command.ts';

export const prove: Definition = {
  name: 'prove',
  summary: 'Proves the suite: runs it against every mutant of the contract and every permitted variant.',
  options: [['--weakened', 'weaken the suite in one place at a time, and see that the proof notices each']],
  examples: ['prove'],
  variables: ['JUSPAY_REPORT_DIR'],
  exitCodes: '0 the proof holds, 1 it does not',
  async run(_, { weakened }) {
    return weakened === true ? proveWeakened() : proveWhole(process.env['JUSPAY_REPORT_DIR'] ?? 'reports/out');
  },
};

/** Prints the proof and writes proof.json and proof-matrix.json. */
async function proveWhole(folder: string): Promise<number> {
  const [{ summaryOf }, proof, { proofText }] = await Promise.all([
    import('../proof/proof.ts'),
    import('../proof/prove.ts').then(({ prove }) => prove()),
    import('../proof/table.ts'),
  ]);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'proof.json'), `${JSON.stringify(summaryOf(proof), null, 2)}\n`);
  writeFileSync(join(folder, 'proof-matrix.json'), `${JSON.stringify(proof, null, 1)}\n`);
  process.stdout.write(proofText(proof));
  return proof.problems.length === 0 ? 0 : 1;
}

async function proveWeakened(): Promise<number> {
  const [{ loadContract }, { LAX_SPOTS, plantLaxSpot }] = await Promise.all([
    import('../../spec/contract.ts'),
    import('../proof/weakened-suites.ts'),
  ]);
  const contract = await loadContract();
  let exitCode = 0;
  for (const spot of LAX_SPOTS) {
    const { name, planted, tried, problems, control } = await plantLaxSpot(spot, contract);
    const isNoticed = problems.length > 0 && control.length === 0;
    if (!isNoticed) exitCode = 1;
    const verdict = isNoticed ? 'falls' : 'NOT NOTICED';
    process.stdout.write(
      `${name.padEnd(20)} ${verdict}: ${problems.length} problems with ${tried} mutants; ${planted}\n`,
    );
    for (const problem of problems) process.stdout.write(`    ${problem}\n`);
  }
  return exitCode;
}
