import type { RootContent } from 'mdast';
import { whatWasJudged } from '../notices.ts';
import { commandsUpTo } from '../repeat.ts';
import type { Report } from '../report.ts';
import { cellText, type ReportTable, reportTables } from '../tables.ts';
import { capital, cut } from '../terminal.ts';
import { trafficText } from '../traffic-text.ts';
import { VERDICT_WORDS, VERDICTS } from '../words.ts';
import { type BrokenClaim, worstFirst } from '../worst-first.ts';
import { type Cell, code, heading, inlineCode, markdownOf, paragraph, strong, table, text } from './markdown.ts';

/** Maximum characters: the limit of a comment on GitHub and GitLab, far below that of a job summary. */
export const MARKDOWN_LIMIT = 60_000;
const LONGEST_TEXT = 400;
const LONGEST_COMMAND = 3_000;

/** A run as Markdown, for a job's summary or a comment. Omits what does not fit from the end, and says so. */
export function markdownSummary(report: Report): string {
  const blocks = blocksOf(report);
  const whole = markdownOf(blocks.flat());
  if (whole.length <= MARKDOWN_LIMIT) return whole;
  const note = markdownOf([paragraph('The rest does not fit here: see report.html and report.json.')]);
  const kept: RootContent[] = [];
  for (const block of blocks) {
    if (markdownOf([...kept, ...block]).length + note.length + 1 > MARKDOWN_LIMIT) break;
    kept.push(...block);
  }
  return `${markdownOf(kept)}\n${note}`;
}

/** The parts of the document, most important first. */
function blocksOf(report: Report): RootContent[][] {
  const broken = worstFirst(report);
  const opening = [
    heading(2, capital(report.summary)),
    paragraph(whatWasJudged(report)),
    ...report.notices.map((notice) => paragraph(strong(notice.text))),
    countsTable(report),
    paragraph(trafficText(report)),
  ];
  const list = broken.length === 0 ? [] : [[heading(3, 'What is wrong, worst first'), brokenTable(broken)]];
  return [
    opening,
    ...list,
    ...broken.map(brokenBlock),
    ...reportTables(report).map(tableBlock),
    [paragraph(`Contract ${report.contract.version} (${report.contract.sha256.slice(0, 12)}), ${report.started}`)],
  ];
}

function countsTable({ counts }: Report): RootContent {
  const names = ['Cases', ...VERDICTS.map((verdict) => capital(VERDICT_WORDS[verdict].word))];
  return table(names, [[counts.total, ...VERDICTS.map((verdict) => counts[verdict])].map(String)]);
}

function brokenTable(broken: readonly BrokenClaim[]): RootContent {
  return table(
    ['Claim', 'Reading', 'Cases'],
    broken.map(({ claim, cases }) => [[strong(claim.id)], claim.reading, `${cases.length}`]),
  );
}

function brokenBlock({ claim, evidence: [first], cases }: BrokenClaim): RootContent[] {
  const { expected, actual, pointer, exchange } = first.finding;
  const place: Cell[][] = pointer === undefined || pointer === '' ? [] : [['At', [inlineCode(pointer)]]];
  const others = cases.length > 1 ? ` and ${cases.length - 1} more` : '';
  return [
    heading(4, `${claim.id}: ${claim.reading}`),
    paragraph('Seen by ', inlineCode(first.case.id), text(others)),
    ...(claim.neighbours ?? []).map(({ what, where }) => paragraph(`Elsewhere: ${what} (${where})`)),
    table(
      ['', ''],
      [
        ['Expected', [inlineCode(cut(expected, LONGEST_TEXT))]],
        ['Actual', [inlineCode(cut(actual, LONGEST_TEXT))]],
        ...place,
      ],
    ),
    ...commandsUpTo(first.case, exchange)
      .filter((command) => command.shell.length <= LONGEST_COMMAND)
      .map((command) => code('sh', `# ${command.name}: ${command.step.replace(/\s+/g, ' ')}\n${command.shell}`)),
  ];
}

function tableBlock({ title, head, rows }: ReportTable): RootContent[] {
  const cells = rows.map(([first = '', ...others]): Cell[] => [
    typeof first === 'string' ? first : [inlineCode(cellText(first))],
    ...others.map((cell) => cut(cellText(cell), LONGEST_TEXT)),
  ]);
  return [heading(3, title), table(head, cells)];
}
