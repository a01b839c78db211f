import { writeFileSync } from 'node:fs';
import type { Report } from '../../reports/report.ts';
import { SetupError } from '../../spec/setup-error.ts';
import type { Definition } from './command.ts';

export const fidelity: Definition = {
  name: 'fidelity',
  summary: 'Measures how closely the mock matches a live server, from a report of each.',
  arguments: [
    ['<mock>', 'report.json of a run against the mock'],
    ['<live>', 'report.json of a run against the live server'],
  ],
  options: [
    ['--observe <file>', 'write the mock options that make the mock behave like the live server'],
    ['--at-least <percent>', 'exit with 1 if fewer cases match; default: 0'],
  ],
  examples: ['fidelity mock.json live.json --observe mock-options.json'],
  exitCodes: '0 measured, 1 below --at-least, 2 nothing could be compared',
  async run([mockFile = '', liveFile = ''], { observe, atLeast = '0' }) {
    const wanted = Number(atLeast);
    if (!(wanted >= 0 && wanted <= 100)) {
      throw new SetupError(`--at-least is ${JSON.stringify(atLeast)}: expected a number from 0 to 100`);
    }
    const { compareFidelity } = await import('../../reports/compare/fidelity.ts');
    const { fidelityText } = await import('../../reports/compare/fidelity-text.ts');
    const { readReport } = await import('../../reports/read-report.ts');
    const [mock, live] = [readReport(mockFile), readReport(liveFile)];
    const found = compareFidelity(mock, live);
    process.stdout.write(fidelityText(found));
    if (observe !== undefined) await writeObserved(String(observe), mock, live);
    if (found.comparable === 0) return 2;
    return (found.alike / found.comparable) * 100 >= wanted ? 0 : 1;
  },
};

async function writeObserved(file: string, mock: Report, live: Report): Promise<void> {
  const [{ observedOptions }, { dayOf }, { forTerminal }] = await Promise.all([
    import('../../reports/compare/observed-options.ts'),
    import('../../reports/observation-pins.ts'),
    import('../../reports/terminal.ts'),
  ]);
  const { mockOptions, unmapped } = observedOptions(live, mock);
  const { host } = live.target;
  const content = { observed: { host, on: dayOf(live) }, mockOptions };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  const lines = [`${file}: ${Object.keys(mockOptions).length} mock options; use them with JUSPAY_MOCK_OPTIONS=${file}`];
  if (unmapped.length > 0) lines.push('The mock has no option for these:');
  for (const { id, observation } of unmapped) lines.push(`  ${id}  ${observation}`);
  process.stdout.write(`${forTerminal(lines.join('\n'))}\n`);
}
