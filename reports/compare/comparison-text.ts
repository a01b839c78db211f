import { styleText } from 'node:util';
import { inLines, inOneLine } from '../terminal.ts';
import type { Screen } from '../views/console.ts';
import type { Changed, Comparison } from './compare.ts';
import { CHANGE_WORDS, changedOnly, comparisonSentence, runInWords } from './comparison-words.ts';

/** A comparison for a terminal; its last line says whether something broke. */
export function comparisonText(comparison: Comparison, { colour, columns }: Screen): string {
  const width = Math.max(80, columns);
  const paint = (style: 'red' | 'green' | 'yellow', text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const row = ({ id, change, before, after }: Changed) => {
    const start = CHANGE_WORDS[change].padEnd(20);
    const line = `${start}${inOneLine(`${id}: ${before} → ${after}`, width - start.length)}`;
    return change === 'newly-broken' ? paint('red', line) : line;
  };
  const part = (title: string, all: readonly Changed[]) => {
    const rows = changedOnly(all).map(row);
    return rows.length === 0 ? [] : [[title, ...rows].join('\n')];
  };
  const { before, after, cautions, claims, cases, broke } = comparison;
  const blocks = [
    [`Before: ${runInWords(before)}`, `After:  ${runInWords(after)}`].map((line) => inOneLine(line, width)).join('\n'),
    ...(cautions.length === 0
      ? []
      : [cautions.map((caution) => paint('yellow', inLines(`Note: ${caution}`, width))).join('\n')]),
    ...part('Claims', claims),
    ...part('Cases', cases),
    paint(broke ? 'red' : 'green', comparisonSentence(comparison)),
  ];
  return `${blocks.join('\n\n')}\n`;
}
