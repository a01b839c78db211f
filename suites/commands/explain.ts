import { SetupError } from '../../spec/setup-error.ts';
import { EXAMPLE } from '../cases/example-ids.ts';
import type { Definition } from './command.ts';

export const explain: Definition = {
  name: 'explain',
  summary: 'Explains a claim: its meaning, its source, its tests and proof, and how to run or waive it.',
  arguments: [['<id>', `a claim like ${EXAMPLE.claim}, or a case or finding of it like ${EXAMPLE.finding}`]],
  options: [['--out <folder>', 'where proof.json is; default: reports/out']],
  examples: [`explain ${EXAMPLE.claim}`, `explain ${EXAMPLE.case}`],
  exitCodes: '0 explained, 2 the claim does not exist',
  async run([id = ''], { out = 'reports/out' }) {
    const { loadContract } = await import('../../spec/contract.ts');
    const { allCases } = await import('../cases/all.ts');
    const { explainText } = await import('../../reports/explain.ts');
    const { forTerminal } = await import('../../reports/terminal.ts');
    const { proofIn } = await import('../runner/read-proof.ts');
    const { claims } = await loadContract();
    const [wanted = ''] = id.toUpperCase().split('/');
    const claim = claims.find((one) => one.id === wanted);
    if (claim === undefined) {
      const kind = claims.filter((one) => one.id.startsWith(wanted.slice(0, 2)));
      const known = (kind.length > 0 ? kind : claims).map((one) => one.id).join(', ');
      throw new SetupError(`no claim is named ${id}: expected one of ${known}`);
    }
    process.stdout.write(
      forTerminal(explainText(claim, allCases, await proofIn(String(out)), process.stdout.columns ?? 120)),
    );
    return 0;
  },
};
