import { dirname } from 'node:path';
import { type Definition, screen } from './command.ts';

export const report: Definition = {
  name: 'report',
  summary: 'Renders all views of a run again.',
  arguments: [['[file]', 'report.json of a run; default: reports/out/report.json']],
  options: [['--out <folder>', 'where the views are written; default: beside the report']],
  examples: ['report', 'report reports/out/report.json --out site'],
  exitCodes: '0 written, 2 the report cannot be used',
  async run([file = 'reports/out/report.json'], { out = dirname(file) }) {
    const [{ readReport }, { consoleText }, { writeReports }] = await Promise.all([
      import('../../reports/read-report.ts'),
      import('../../reports/views/console.ts'),
      import('../../reports/views/write.ts'),
    ]);
    const read = readReport(file);
    const files = await writeReports(read, String(out));
    process.stdout.write(`${consoleText(read, screen())}Reports: ${files.join(', ')}\n`);
    return 0;
  },
};
