import { loadContract } from '../../spec/contract.ts';
import { LAX_SPOTS, plantLaxSpot } from '../proof/weakened-suites.ts';

/** `npm run prove:lax`: plants lax spots one by one and prints what the proof says; exits with 1 where one is not noticed. */
const contract = await loadContract();
for (const spot of LAX_SPOTS) {
  const { name, planted, tried, problems, control } = await plantLaxSpot(spot, contract);
  const isNoticed = problems.length > 0 && control.length === 0;
  if (!isNoticed) process.exitCode = 1;
  const verdict = isNoticed ? 'falls' : 'NOT NOTICED';
  process.stdout.write(
    `${name.padEnd(20)} ${verdict}: ${problems.length} problems with ${tried} mutants; ${planted}\n`,
  );
  for (const problem of problems) process.stdout.write(`    ${problem}\n`);
}
