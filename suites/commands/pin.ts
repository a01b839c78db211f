import { existsSync } from 'node:fs';
import { watchLines, watchObservations } from '../../reports/observation-changes.ts';
import { readPins, updatePins, writePins } from '../../reports/observation-pins.ts';
import { readReport } from '../../reports/read-report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { messageOf } from '../../spec/setup-error.ts';

const [reportFile, file, ...more] = process.argv.slice(2);

/** `npm run pin`: takes the observations of a run over into the file of pins, and says what changed by it. */
if (reportFile === undefined || file === undefined || more.length > 0) {
  process.stderr.write('usage: npm run pin -- REPORT.json FILE\n');
  process.exitCode = 2;
} else {
  try {
    const report = readReport(reportFile);
    const before = existsSync(file) ? readPins(file) : {};
    const after = updatePins(before, report);
    writePins(after, file);
    const { host } = report.target;
    const changes = watchLines(watchObservations(report, before, false), process.stdout.columns ?? 120).slice(1);
    const [then, now] = [before, after].map((pins) => Object.keys(pins[host] ?? {}).length);
    const lines = [...(then === 0 ? [] : changes), `${file}: ${now} observations pinned for ${host} (${then} before)`];
    process.stdout.write(`${forTerminal(lines.join('\n'))}\n`);
  } catch (thrown) {
    process.stderr.write(`could not pin: ${forTerminal(messageOf(thrown))}\n`);
    process.exitCode = 2;
  }
}
