import { describe, expect, test } from 'vitest';
import { compareReports } from '../compare/compare.ts';
import { comparisonMarkdown } from '../compare/comparison-markdown.ts';
import { comparisonText } from '../compare/comparison-text.ts';
import { cleanReport, hostileReport, KINDS, replayedReport } from '../fixtures/kinds-of-reports.ts';
import type { Report } from '../report.ts';
import { annotations, withoutCommands } from './annotations.ts';
import { consoleText } from './console.ts';
import { ctrfReport } from './ctrf.ts';
import { junitXml } from './junit.ts';
import { markdownSummary } from './markdown-summary.ts';
import { verdictLine } from './verdict-line.ts';

const WIDE = { colour: false, columns: 120 };
const compared = () => compareReports(cleanReport(), hostileReport());

/** Every view that is text; of other people's formats the standards are tested, and one report of each. */
const VIEWS: Readonly<Record<string, (report: Report) => string>> = {
  'the console, 80 columns': (report) => consoleText(report, { colour: false, columns: 40 }),
  'summary.md': markdownSummary,
  annotations,
  'verdict.json': (report) => `${verdictLine(report)}\n`,
};
const MORE: typeof VIEWS = {
  'the console, 120 columns': (report) => consoleText(report, WIDE),
  'the console, in colour': (report) => JSON.stringify(consoleText(report, { colour: true, columns: 80 }), null, 1),
  'junit.xml': junitXml,
  'ctrf.json': (report) => `${JSON.stringify(ctrfReport(report), null, 2)}\n`,
};

describe('the expected text', () => {
  test.each(Object.entries(KINDS))('of a run of the kind: %s', async (kind, report) => {
    const views = Object.entries(kind === 'hostile' ? { ...VIEWS, ...MORE } : VIEWS);
    const all = views.map(([name, view]) => `======== ${name}\n${view(report())}`).join('\n');
    await expect(all).toMatchFileSnapshot(`../fixtures/expected/${kind}.txt`);
  });

  test('of a comparison', async () => {
    await expect(comparisonText(compared(), WIDE)).toMatchFileSnapshot('../fixtures/expected/comparison.txt');
    await expect(comparisonMarkdown(compared())).toMatchFileSnapshot('../fixtures/expected/comparison.md');
  });
});

describe('a replay', () => {
  const views = Object.entries({ ...VIEWS, ...MORE }).map(([name, view]) => [name, view(replayedReport())] as const);

  test.each(views)('claims nowhere that something was sent: %s', (_, text) => {
    expect(text).not.toMatch(/\d+ requests|customers: \d|reused across runs/);
  });

  test.each(views)('is said to be one, with its day: %s', (name, text) => {
    expect(text.replaceAll(/\s+|\\n/g, ' ')).toMatch(
      name.endsWith('.json') ? /"recorded": ?"2025-05-02/ : /answered on 2025-05-02/,
    );
  });
});

describe('a text for a terminal or a log', () => {
  const texts = [
    consoleText(hostileReport(), WIDE),
    annotations(hostileReport()),
    verdictLine(hostileReport()),
    consoleText(replayedReport(), WIDE),
    annotations(replayedReport()),
    verdictLine(replayedReport()),
    comparisonText(compareReports(hostileReport(), replayedReport()), WIDE),
    comparisonText(compared(), WIDE),
  ];

  test.each(texts)('holds no character that does something: %#', (text) => {
    expect(text).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  test('is no wider than 80 columns, commands and what a server sent aside', () => {
    const text = consoleText(cleanReport(), { colour: false, columns: 80 });
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('ends with the worst failure and the verdict', () => {
    const lines = consoleText(hostileReport(), WIDE).split('\n');
    const heads = lines.filter((line) => /^[A-Z]{2}-\d+ fails: /.test(line)).map((line) => line.split(' ')[0]);
    expect(heads).toEqual(['ER-1', 'RS-2', 'RS-4', 'AU-2']);
    expect(lines.at(-2)).toBe(
      'does not conform: 3 waivers are stale, and 4 of 7 judged claims fail (11 in all): AU-2, RS-4, RS-2, ER-1',
    );
  });

  test('makes no workflow command of what a server sent', () => {
    const both = annotations(hostileReport()) + annotations(replayedReport());
    for (const line of both.split('\n')) expect(line).toMatch(/^(::(error|warning) title=|$)/);
    expect(withoutCommands('::error::x\n', 'token')).toBe('::stop-commands::token\n::error::x\n::token::\n');
  });
});
