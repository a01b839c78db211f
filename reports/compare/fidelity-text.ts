import { forTerminal } from '../terminal.ts';
import type { Fidelity, FidelityClass } from './fidelity.ts';

const WORDS: Readonly<Record<FidelityClass, string>> = {
  'both-conform': 'both conform',
  'mock-kinder': 'only the service fails',
  'mock-stricter': 'only the mock fails',
  'both-deviate-alike': 'both fail in the same way',
  'both-deviate-differently': 'both fail, differently',
  'observed-alike': 'open claims, both do the same',
  'observed-differently': 'open claims, the two differ',
  'not-comparable': 'not comparable',
};

/** Classes whose cases are all listed. */
const LISTED: readonly FidelityClass[] = [
  'mock-kinder',
  'mock-stricter',
  'both-deviate-differently',
  'observed-differently',
];

/** The comparison as text: the cases that differ, the counts, and the fidelity in percent. */
export function fidelityText({ cases, alike, comparable, notes }: Fidelity): string {
  const of = (kind: FidelityClass) => cases.filter((one) => one.kind === kind);
  const lines = notes.map((note) => `note: ${note}`);
  for (const kind of LISTED) {
    if (of(kind).length === 0) continue;
    lines.push('', WORDS[kind]);
    for (const { id, title, mock = '', live = '' } of of(kind)) {
      lines.push(`  ${id}  ${title}`, `    mock     ${mock}`, `    service  ${live}`);
    }
  }
  const reasons = new Map<string, number>();
  for (const { reason = '' } of of('not-comparable')) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  lines.push('', ...Object.entries(WORDS).map(([kind, word]) => count(of(kind as FidelityClass).length, word)));
  for (const [reason, number] of reasons) lines.push(`      ${number} because of ${reason}`);
  return `${forTerminal(`${lines.join('\n').trimStart()}\n${figure(alike, comparable)}`)}\n`;
}

function count(number: number, word: string): string {
  return `${String(number).padStart(5)} ${word}`;
}

function figure(alike: number, comparable: number): string {
  if (comparable === 0) return 'no fidelity: no case was judged in both runs';
  // Rounded down, so that 299 of 300 do not look like all of them.
  const percent = Math.floor((alike / comparable) * 1000) / 10;
  return `fidelity ${percent.toFixed(1)} %: the mock did as the service did in ${alike} of ${comparable} cases`;
}
