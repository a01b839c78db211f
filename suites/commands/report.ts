import { dirname } from 'node:path';
import { screenOf } from '../runner/run-io.ts';
import type { Definition } from './command.ts';

const USUAL = 'reports/out/report.json';

export const report: Definition = {
  name: 'report',
  summary: 'Renders all views of a run again, or merges the reports of its shards (run --shard 1/3).',
  arguments: [['[files...]', `report.json of a run, or of every shard of one; default: ${USUAL}`]],
  options: [['--out <folder>', 'folder for the views; default: that of the report; for shards: reports/out']],
  examples: ['report', 'report last-week/report.json --out site', 'report part1.json part2.json part3.json'],
  exitCodes: '0 written, 2 a report cannot be used; for shards: as for `run`',
  async run(files, { out }) {
    const { readReport } = await import('../../reports/read-report.ts');
    const { EXIT_CODES } = await import('../../reports/report.ts');
    const { joinReports } = await import('../../reports/join.ts');
    const { consoleText } = await import('../../reports/views/console.ts');
    const { writeReports } = await import('../../reports/views/write.ts');
    const [file = USUAL, ...more] = files;
    const isWhole = more.length === 0;
    const whole = isWhole
      ? readReport(file)
      : joinReports(files.map((one) => ({ file: one, report: readReport(one) })));
    const written = await writeReports(whole, String(out ?? (isWhole ? dirname(file) : dirname(USUAL))));
    process.stdout.write(`${consoleText(whole, screenOf(process.stdout))}Reports: ${written.join(', ')}\n`);
    return isWhole ? 0 : EXIT_CODES[whole.verdict];
  },
};
