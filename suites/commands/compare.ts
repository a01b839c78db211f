import { parseArgs } from 'node:util';
import { compareReports } from '../../reports/compare/compare.ts';
import { comparisonText } from '../../reports/compare/comparison-text.ts';
import { writeComparison } from '../../reports/compare/write-comparison.ts';
import { readReport } from '../../reports/read-report.ts';
import { runCommand, screen, UsageError } from './command.ts';

const USAGE = `npm run compare -- BEFORE.json AFTER.json [--out FOLDER]

Says what changed between two runs: of two days, or of two targets.
  --out FOLDER  where comparison.txt, .md and .html are written; default: reports/out
Exit code: 0 nothing broke, 1 something is broken that was not broken before, 2 a report cannot be used.
`;

await runCommand(USAGE, async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [before, after, ...more] = positionals;
  if (before === undefined || after === undefined || more.length > 0) throw new UsageError('Two reports are compared.');
  const comparison = compareReports(readReport(before), readReport(after));
  const files = writeComparison(comparison, values.out ?? 'reports/out');
  process.stdout.write(`${comparisonText(comparison, screen())}Written: ${files.join(', ')}\n`);
  return comparison.broke ? 1 : 0;
});
