import { styleText } from 'node:util';
import { inLines, inOneLine } from '../terminal.ts';
import { counted } from '../traffic-text.ts';
import type { Screen } from '../views/console.ts';
import { CHANGE_WORDS, type Changed, type Comparison } from './compare.ts';
import { claimInWords, comparisonSentence, runInWords } from './comparison-words.ts';

/** Maximum number of cases listed of unchanged claims; comparison.md and .html list all. */
const NAMED = 10;

/** Width of the column with the kind of change. */
const KIND = Math.max(...Object.values(CHANGE_WORDS).map((words) => words.length)) + 2;

/** A comparison for a terminal: a line for each claim that changed; the last line says whether something broke. */
export function comparisonText(comparison: Comparison, { colour, columns }: Screen): string {
  const width = Math.max(80, columns);
  const paint = (style: 'red' | 'green' | 'yellow', text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const { before, after, cautions, byClaim, otherCases, broke } = comparison;
  const caseLine = ({ id, before: old, after: now }: Changed, start: string) =>
    `  ${start}${inOneLine(`${id}: ${old} → ${now}`, width - start.length - 2)}`;
  const claims = byClaim.flatMap((claim) => {
    const line = `${CHANGE_WORDS[claim.change].padEnd(KIND)}${inOneLine(claimInWords(claim), width - KIND)}`;
    if (claim.change === 'newly-broken') return [paint('red', line)];
    // The observation is all there is to show.
    return claim.change === 'other-observation' ? [line, ...claim.cases.map((one) => caseLine(one, ''))] : [line];
  });
  const cases = otherCases.slice(0, NAMED).map((one) => caseLine(one, CHANGE_WORDS[one.change].padEnd(KIND)));
  const more = otherCases.length > NAMED ? [`  and ${otherCases.length - NAMED} more, in comparison.md`] : [];
  const blocks = [
    [`Before: ${runInWords(before)}`, `After:  ${runInWords(after)}`].map((line) => inOneLine(line, width)).join('\n'),
    cautions.map((caution) => paint('yellow', inLines(`Note: ${caution}`, width))).join('\n'),
    claims.join('\n'),
    cases.length === 0
      ? ''
      : [`${counted(otherCases.length, 'case', 'cases')} of other claims`, ...cases, ...more].join('\n'),
    paint(broke ? 'red' : 'green', comparisonSentence(comparison)),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
