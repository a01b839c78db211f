import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { readReport } from '../../reports/read-report.ts';
import { consoleText } from '../../reports/views/console.ts';
import { writeReports } from '../../reports/views/write.ts';
import { runCommand, screen, UsageError } from './command.ts';

const USAGE = `npm run report -- [REPORT.json] [--out FOLDER]

Renders all views of a run again.
  REPORT.json   default: reports/out/report.json
  --out FOLDER  where the views are written; default: where REPORT.json is
Exit code: 0 written, 2 REPORT.json cannot be used.
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
  const [file = 'reports/out/report.json', ...more] = positionals;
  if (more.length > 0) throw new UsageError('More than one report was named.');
  const report = readReport(file);
  const files = await writeReports(report, values.out ?? dirname(file));
  process.stdout.write(`${consoleText(report, screen())}Reports: ${files.join(', ')}\n`);
  return 0;
});
