import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../../spec/setup-error.ts';
import type { Definition } from './command.ts';

/** Number of random servers: enough for a confidence interval of less than two points. */
const SAMPLES = 3000;

export const prove: Definition = {
  name: 'prove',
  summary: 'Proves the suite: runs it against every mutant of the contract and every permitted variant.',
  options: [
    ['--weakened', 'weaken the suite in one place at a time, and check that the proof notices each'],
    ['--sampled', 'run it against random faults instead, and print the share that it catches'],
    ['--samples <n>', `with --sampled: number of random servers; default ${SAMPLES}`],
    ['--seed <n>', 'with --sampled: seed of the random servers; default 1'],
  ],
  examples: ['prove', 'prove --sampled --samples 300 --seed 7'],
  variables: ['JUSPAY_REPORT_DIR'],
  exitCodes:
    '0 the proof holds, 1 it does not (--weakened: it misses a weakness; --sampled: a conforming server fails), 2 an option is wrong',
  async run(_, { weakened, sampled, samples, seed }) {
    const folder = process.env['JUSPAY_REPORT_DIR'] ?? 'reports/out';
    if (weakened === true) return proveWeakened();
    if (sampled === true) return proveRandom(folder, whole('--seed', seed, 1), whole('--samples', samples, SAMPLES));
    if (samples !== undefined || seed !== undefined) throw new SetupError('--samples and --seed need --sampled');
    return proveWhole(folder);
  },
};

function whole(flag: string, text: unknown, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new SetupError(`${flag} is ${text}: expected a whole number, at least 1`);
  return value;
}

/** Prints the share of random faults that is caught and writes proof-sampled.json. */
async function proveRandom(folder: string, seed: number, samples: number): Promise<number> {
  const { proveSampled, sampledText } = await import('../proof/sampled/sampled.ts');
  const proof = await proveSampled(seed, samples);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'proof-sampled.json'), `${JSON.stringify(proof, null, 1)}\n`);
  process.stdout.write(sampledText(proof));
  return proof.accused.length === 0 ? 0 : 1;
}

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
  const { loadContract } = await import('../../spec/contract.ts');
  const { WEAKNESSES, plantWeakness } = await import('../proof/weakened-suites.ts');
  const contract = await loadContract();
  let exitCode = 0;
  for (const [name, spot] of Object.entries(WEAKNESSES)) {
    const { tried, problems, control } = await plantWeakness(spot, contract);
    const isNoticed = problems.length > 0 && control.length === 0;
    if (!isNoticed) exitCode = 1;
    const verdict = isNoticed ? 'noticed' : 'NOT NOTICED';
    process.stdout.write(
      `${name.padEnd(20)} ${verdict}: ${problems.length} problems with ${tried} mutants; ${spot.planted}\n`,
    );
    for (const problem of problems) process.stdout.write(`    ${problem}\n`);
  }
  return exitCode;
}
