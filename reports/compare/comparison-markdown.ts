import type { RootContent } from 'mdast';
import { cut } from '../terminal.ts';
import { type Cell, heading, inlineCode, markdownOf, paragraph, strong, table } from '../views/markdown.ts';
import { CHANGE_WORDS, type Changed, type Comparison } from './compare.ts';
import { comparisonSentence, runInWords } from './comparison-words.ts';

/** Maximum rows of a table, so that the text fits into a comment. */
const ROWS = 60;
const LONGEST = 120;

/** A comparison as Markdown. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { before, after, cautions, byClaim, otherCases } = comparison;
  return markdownOf([
    heading(2, comparisonSentence(comparison)),
    paragraph(strong('Before:'), ` ${runInWords(before)}`),
    paragraph(strong('After:'), ` ${runInWords(after)}`),
    ...cautions.map((caution) => paragraph(strong('Note:'), ` ${caution}`)),
    ...part('Claims', byClaim),
    ...part('Cases', [...byClaim.flatMap((claim) => claim.cases), ...otherCases]),
  ]);
}

function part(title: string, all: readonly Changed[]): RootContent[] {
  const changed = [...new Map(all.map((one) => [one.id, one])).values()];
  if (changed.length === 0) return [];
  const rows = changed
    .slice(0, ROWS)
    .map(({ id, change, before, after, title: what }): Cell[] => [
      change === 'newly-broken' ? [strong(CHANGE_WORDS[change])] : CHANGE_WORDS[change],
      [inlineCode(id)],
      cut(what, LONGEST),
      cut(before, LONGEST),
      cut(after, LONGEST),
    ]);
  const more = changed.length > ROWS ? [paragraph(`and ${changed.length - ROWS} more`)] : [];
  return [heading(3, title), table(['Change', 'Id', 'What it says', 'Before', 'After'], rows), ...more];
}
