import { groupBy } from '../../spec/group-by.ts';
import { forTerminal } from '../terminal.ts';
import { FIDELITY_CLASSES, type Fidelity } from './fidelity.ts';

/** The comparison as text: the cases that differ, the counts, and the fidelity in percent. */
export function fidelityText({ cases, alike, comparable, notes }: Fidelity): string {
  const classes = Object.entries(FIDELITY_CLASSES).map(([kind, about]) => ({
    ...about,
    own: cases.filter((one) => one.kind === kind),
  }));
  const lines = notes.map((note) => `note: ${note}`);
  for (const { words, own } of classes.filter((one) => one.alike === false && one.own.length > 0)) {
    lines.push('', words);
    for (const { id, title, mock, live } of own) {
      lines.push(`  ${id}  ${title}`, `    mock     ${mock}`, `    service  ${live}`);
    }
  }
  lines.push('', ...classes.map(({ words, own }) => `${String(own.length).padStart(5)} ${words}`));
  const reasons = groupBy(cases, ({ reason }) => reason);
  for (const [reason, own] of reasons) if (reason) lines.push(`      ${own.length} ${reason}`);
  return `${forTerminal(`${lines.join('\n').trimStart()}\n${figure(alike, comparable)}`)}\n`;
}

function figure(alike: number, comparable: number): string {
  if (comparable === 0) return 'no fidelity: no case was judged in both runs';
  // Rounded down, so that 299 of 300 do not look like all of them.
  const percent = Math.floor((alike / comparable) * 1000) / 10;
  return `fidelity ${percent.toFixed(1)} %: the mock did as the service did in ${alike} of ${comparable} cases`;
}
