import { screenOf } from '../runner/run-io.ts';
import type { Definition } from './command.ts';

export const compare: Definition = {
  name: 'compare',
  summary: 'Shows what changed between two runs, on different days or against different targets.',
  arguments: [
    ['<before>', 'report.json of the earlier run'],
    ['<after>', 'report.json of the later run'],
  ],
  options: [['--out <folder>', 'folder for comparison.txt, .md and .html; default: reports/out']],
  examples: ['compare last-week.json reports/out/report.json'],
  exitCodes: '0 nothing broke, 1 something broke that was not broken before, 2 a report cannot be used',
  async run([before = '', after = ''], { out = 'reports/out' }) {
    const { compareReports } = await import('../../reports/compare/compare.ts');
    const { comparisonText } = await import('../../reports/compare/comparison-text.ts');
    const { writeComparison } = await import('../../reports/compare/write-comparison.ts');
    const { readReport } = await import('../../reports/read-report.ts');
    const comparison = compareReports(readReport(before), readReport(after));
    const files = writeComparison(comparison, String(out));
    process.stdout.write(`${comparisonText(comparison, screenOf(process.stdout))}Written: ${files.join(', ')}\n`);
    return comparison.broke ? 1 : 0;
  },
};
