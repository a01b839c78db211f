import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compareFidelity } from '../../reports/compare/fidelity.ts';
import { fidelityText } from '../../reports/compare/fidelity-text.ts';
import { observedOptions } from '../../reports/compare/observed-options.ts';
import { dayOf } from '../../reports/observation-pins.ts';
import { readReport } from '../../reports/read-report.ts';
import type { Report } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { messageOf } from '../../spec/setup-error.ts';

const USAGE = 'usage: npm run fidelity -- MOCK.json LIVE.json [--observe FILE] [--at-least PERCENT]\n';

/** Exits with 0 where the figure could be told, 1 where it is below --at-least, 2 where it could not be told. */
process.exitCode = run();

function run(): number {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { observe: { type: 'string' }, 'at-least': { type: 'string', default: '0' } },
    });
    const [mockFile, liveFile, ...more] = positionals;
    const wanted = Number(values['at-least']);
    if (mockFile === undefined || liveFile === undefined || more.length > 0 || !(wanted >= 0 && wanted <= 100)) {
      process.stderr.write(USAGE);
      return 2;
    }
    const [mock, live] = [readReport(mockFile), readReport(liveFile)];
    const fidelity = compareFidelity(mock, live);
    process.stdout.write(fidelityText(fidelity));
    if (values.observe !== undefined) writeObserved(values.observe, mock, live);
    if (fidelity.comparable === 0) return 2;
    return (fidelity.alike / fidelity.comparable) * 100 >= wanted ? 0 : 1;
  } catch (thrown) {
    process.stderr.write(`could not compare: ${forTerminal(messageOf(thrown))}\n`);
    return 2;
  }
}

function writeObserved(file: string, mock: Report, live: Report): void {
  const { mockOptions, unmapped } = observedOptions(live, mock);
  const { host } = live.target;
  const content = { observed: { host, on: dayOf(live) }, mockOptions };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  const lines = [
    `${file}: ${Object.keys(mockOptions).length} settings; JUSPAY_MOCK_OPTIONS=${file} makes the mock behave so`,
  ];
  if (unmapped.length > 0) lines.push('The mock has no setting for these:');
  for (const { id, observation } of unmapped) lines.push(`  ${id}  ${observation}`);
  process.stdout.write(`${forTerminal(lines.join('\n'))}\n`);
}
