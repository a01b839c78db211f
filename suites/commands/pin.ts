import { existsSync } from 'node:fs';
import { SetupError } from '../../spec/setup-error.ts';
import type { Definition } from './command.ts';

export const pin: Definition = {
  name: 'pin',
  summary: 'Saves what a server does where the page is silent, so that later runs report changes.',
  arguments: [
    ['<report>', 'report.json of a run'],
    ['<file>', 'the file of pinned observations; created if missing'],
  ],
  examples: ['pin reports/out/report.json observations.json', 'run --observations observations.json'],
  exitCodes: '0 written, 2 a file cannot be used, or the run observed nothing',
  async run([reportFile = '', file = '']) {
    const { watchObservations } = await import('../../reports/observation-changes.ts');
    const { readPins, updatePins, writePins } = await import('../../reports/observation-pins.ts');
    const { readReport } = await import('../../reports/read-report.ts');
    const { forTerminal } = await import('../../reports/terminal.ts');
    const report = readReport(reportFile);
    if (report.cases.every(({ observation }) => observation === undefined)) {
      throw new SetupError(`${reportFile} has nothing to pin: its run observed no open claim (${report.summary})`);
    }
    const before = existsSync(file) ? readPins(file) : {};
    const after = updatePins(before, report);
    writePins(after, file);
    const { host } = report.target;
    const changes = (watchObservations(report, before, false).watch?.changes ?? []).map(
      ({ id, then: old, now: seen }) => `${id}: ${old.observation} (${old.since}) → ${seen.observation} (${seen.on})`,
    );
    const [then, now] = [before, after].map((pins) => Object.keys(pins[host] ?? {}).length);
    const lines = [...changes, `${file}: ${now} observations pinned for ${host} (${then} before)`];
    process.stdout.write(`${forTerminal(lines.join('\n'))}\n`);
    return 0;
  },
};
