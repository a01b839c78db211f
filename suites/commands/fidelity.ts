import { writeFileSync } from 'node:fs';
import type { Report } from '../../reports/report.ts';
import { SetupError } from '../../spec/setup-error.ts';
import type { Definition } from './command.ts';

export const fidelity: Definition = {
  name: 'fidelity',
  summary: 'Says how far the mock answers as a live server does, from a report of each.',
  arguments: [
    ['<mock>', 'report.json of a run against the mock'],
    ['<live>', 'report.json of a run against the live server'],
  ],
  options: [
    ['--observe <file>', 'write the mock options that make the mock behave as the live server was seen to'],
    ['--at-least <percent>', 'exit with 1 where fewer cases are alike; default: 0'],
  ],
  examples: ['fidelity mock.json live.json --observe mock-options.json'],
  exitCodes: '0 told, 1 below --at-least, 2 it could not be told',
  async run([mockFile = '', liveFile = ''], { observe, atLeast = '0' }) {
    const wanted = Number(atLeast);
    if (!(wanted >= 0 && wanted <= 100)) {
      throw new SetupError(`--at-least is ${JSON.stringify(atLeast)}: expected a number from 0 to 100`);
    }
    const [{ compareFidelity }, { fidelityText }, { readReport }] = await Promise.all([
      import('../../reports/compare/fidelity.ts'),
      import('../../reports/compare/fidelity-text.ts'),
      import('../../reports/read-report.ts'),
    ]);
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
  const lines = [
    `${file}: ${Object.keys(mockOptions).length} settings; JUSPAY_MOCK_OPTIONS=${file} makes the mock behave so`,
  ];
  if (unmapped.length > 0) lines.push('The mock has no setting for these:');
  for (const { id, observation } of unmapped) lines.push(`  ${id}  ${observation}`);
  process.stdout.write(`${forTerminal(lines.join('\n'))}\n`);
}
