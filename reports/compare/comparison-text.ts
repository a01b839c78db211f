import { styleText } from 'node:util';
import { inLines, inOneLine } from '../terminal.ts';
import { counted } from '../traffic-text.ts';
import type { Screen } from '../views/console.ts';
import type { Comparison } from './compare.ts';
import { CHANGE_WORDS, claimInWords, comparisonSentence, runInWords } from './comparison-words.ts';

/** Cases of unchanged claims that are named; comparison.md and .html name all. */
const NAMED = 10;

/** A comparison for a terminal: a line for each claim that changed; the last line says whether something broke. */
export function comparisonText(comparison: Comparison, { colour, columns }: Screen): string {
  const width = Math.max(80, columns);
  const paint = (style: 'red' | 'green' | 'yellow', text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const { before, after, cautions, byClaim, otherCases, broke } = comparison;
  const claims = byClaim.map((claim) => {
    const line = `${CHANGE_WORDS[claim.change].padEnd(20)}${inOneLine(claimInWords(claim), width - 20)}`;
    return claim.change === 'newly-broken' ? paint('red', line) : line;
  });
  const cases = otherCases
    .slice(0, NAMED)
    .map(
      ({ id, change, before: old, after: now }) =>
        `  ${CHANGE_WORDS[change].padEnd(20)}${inOneLine(`${id}: ${old} → ${now}`, width - 22)}`,
    );
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
