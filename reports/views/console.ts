import { styleText } from 'node:util';
import { whatWasJudged } from '../notices.ts';
import type { Report, ReportedClaim } from '../report.ts';
import { cellText, type ReportTable, reportTables } from '../tables.ts';
import { forTerminal, inLines, inOneLine, withoutBreaks } from '../terminal.ts';
import { counted, trafficText } from '../traffic-text.ts';
import { RUN_WORDS, tally, VERDICT_WORDS, VERDICTS } from '../words.ts';
import { type BrokenClaim, worstFirst } from '../worst-first.ts';
import { elsewhere, findingText } from './failure-text.ts';

/**
 * Maximum broken claims shown in full, and maximum rows of a table, to fit on a screen or two; the report has the rest.
 */
const IN_FULL = 5;
const ROWS = 20;
const NARROWEST = 80;

/** Properties of the terminal. */
export interface Screen {
  readonly colour: boolean;
  /** Characters per line; at least 80 is assumed. */
  readonly columns: number;
}

type Style = 'green' | 'red' | 'yellow' | 'cyan' | 'gray' | 'bold';
type Paint = (style: Style, text: string) => string;

/** Colours of the titles of tables; those of the others are yellow. */
const COLOURS: Partial<Record<ReportTable['id'], Style>> = { 'not-run': 'gray', characters: 'red' };

/** Length of the longest verdict. */
const WORD_WIDTH = Math.max(...VERDICTS.map((verdict) => VERDICT_WORDS[verdict].word.length));

/** The output of a run: a line for each claim, what could not be judged, what is wrong, and at the end the verdict. */
export function consoleText(report: Report, { colour, columns }: Screen): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const width = Math.max(NARROWEST, columns);
  const broken = worstFirst(report);
  const left = new Set(report.cases.filter(({ notRun }) => notRun === 'not-selected').map(({ id }) => id));
  const blocks = [
    headline(report, width),
    report.claims
      .filter(({ cases }) => cases.length === 0 || !cases.every((id) => left.has(id)))
      .map((claim) => claimLine(claim, width, paint))
      .join('\n'),
    ...reportTables(report)
      .filter(({ id }) => id !== 'open')
      .map((table) => tableBlock(table, width, paint)),
    // The worst is last, because readers see the end of the output first.
    ...broken
      .slice(0, IN_FULL)
      .toReversed()
      .map((one) => failure(one, paint)),
    closing(report, broken, width, paint),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function headline(report: Report, width: number): string {
  const { contract } = report;
  return [
    `Get or Create Customer, contract ${contract.version} (${contract.sha256.slice(0, 12)})`,
    whatWasJudged(report),
  ]
    .map((line) => inLines(line, width))
    .join('\n');
}

function claimLine(claim: ReportedClaim, width: number, paint: Paint): string {
  const { word, colour } = VERDICT_WORDS[claim.verdict];
  const start = `${word.padEnd(WORD_WIDTH)} ${claim.id.padEnd(6)} `;
  const { cases: decided, of } = claim.decided;
  const end = (decided === of ? `${of}` : `${decided} of ${of}`).padStart(3);
  const room = width - start.length - end.length - 1;
  const seen = [...new Set(Object.values(claim.observations ?? {}))];
  const what = seen.length === 1 ? ` → ${seen[0]}` : seen.length > 1 ? ` → ${seen.length} different observations` : '';
  // Shortens the reading, which is the same in every run, rather than the observation.
  const answer = inOneLine(what, Math.floor(room / 2));
  const spaced = answer === '' ? '' : ` ${answer}`;
  const reading = inOneLine(claim.reading, room - spaced.length);
  return `${paint(colour, word.padEnd(WORD_WIDTH))} ${claim.id.padEnd(6)} ${`${reading}${spaced}`.padEnd(room)} ${paint('gray', end)}`;
}

function tableBlock(table: ReportTable, width: number, paint: Paint): string {
  const { id, title, rows } = table;
  const lines = rows.slice(0, ROWS).map(([first = '', ...others]) => {
    const text = `${cellText(first)}: ${others.map(cellText).filter(Boolean).join('; ')}`;
    // Shows a reason in full, because it says what to do.
    const shown = typeof first === 'string' ? inLines(text, width - 2, 4) : inOneLine(text, width - 2);
    return `  ${shown}`;
  });
  const more = rows.length > ROWS ? [`  and ${rows.length - ROWS} more, in the report`] : [];
  return [paint(COLOURS[id] ?? 'yellow', title), ...lines, ...more].join('\n');
}

function failure({ claim, evidence: [first], cases: shown }: BrokenClaim, paint: Paint): string {
  const head = paint('red', `${claim.id} fails: ${claim.reading}`);
  const others = shown.length > 1 ? `, and ${shown.length - 1} more ${shown.length === 2 ? 'case' : 'cases'}` : '';
  const notes = elsewhere(claim.neighbours).map((line) => `\n${forTerminal(line)}`);
  return `${head}${notes.join('')}\n  seen by   ${forTerminal(withoutBreaks(`${first.case.id}: ${first.case.title}`))}${others}\n${forTerminal(findingText(first))}`;
}

function closing(report: Report, broken: readonly BrokenClaim[], width: number, paint: Paint): string {
  const { counts } = report;
  const lines = [
    `${counted(counts.total, 'case', 'cases')}: ${tally(report.cases.map(({ verdict }) => verdict))}`,
    inLines(trafficText(report), width),
  ];
  if (broken.length > IN_FULL)
    lines.push(`Above: the worst ${IN_FULL} of ${broken.length} claims that fail; the others are in the report.`);
  lines.push(...report.notices.map(({ text }) => paint('yellow', inLines(`Note: ${text}`, width, 2))));
  const ids = broken.length === 0 ? '' : `: ${broken.map((one) => one.claim.id).join(', ')}`;
  lines.push(paint(RUN_WORDS[report.verdict].colour, `${report.summary}${ids}`));
  return lines.join('\n');
}
