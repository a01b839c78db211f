import { describe, expect, test } from 'vitest';
import { annotations, withoutCommands } from './annotations.ts';
import { compareReports } from './compare/compare.ts';
import { comparisonMarkdown } from './compare/comparison-markdown.ts';
import { comparisonText } from './compare/comparison-text.ts';
import { consoleText } from './console.ts';
import { ctrfReport } from './ctrf.ts';
import { cleanReport, hostileReport } from './fixtures/hostile-report.ts';
import { junitXml } from './junit.ts';
import { markdownSummary } from './markdown-summary.ts';
import type { Report } from './report.ts';
import { verdictLine } from './verdict-line.ts';

const WIDE = { colour: false, columns: 120 };
const compared = () => compareReports(cleanReport(), hostileReport());

/** Every view that is text, of a report that tries to break each of them. The files beside it are what is expected. */
const VIEWS: Readonly<Record<string, (report: Report) => string>> = {
  'console-80.txt': (report) => consoleText(report, { colour: false, columns: 40 }),
  'console-120.txt': (report) => consoleText(report, WIDE),
  'console-colour.txt': (report) => JSON.stringify(consoleText(report, { colour: true, columns: 80 }), null, 1),
  'junit.xml': junitXml,
  'summary.md': markdownSummary,
  'ctrf.json.txt': (report) => `${JSON.stringify(ctrfReport(report), null, 2)}\n`,
  'annotations.txt': annotations,
  'verdict.json.txt': (report) => `${verdictLine(report)}\n`,
};

describe('the expected text', () => {
  test.each(Object.keys(VIEWS))('of a hostile report as %s', async (name) => {
    await expect(VIEWS[name]?.(hostileReport())).toMatchFileSnapshot(`fixtures/expected/hostile-${name}`);
  });

  test.each(Object.keys(VIEWS))('of a clean report as %s', async (name) => {
    await expect(VIEWS[name]?.(cleanReport())).toMatchFileSnapshot(`fixtures/expected/clean-${name}`);
  });

  test('of a comparison', async () => {
    await expect(comparisonText(compared(), WIDE)).toMatchFileSnapshot('fixtures/expected/comparison.txt');
    await expect(comparisonMarkdown(compared())).toMatchFileSnapshot('fixtures/expected/comparison.md');
  });
});

describe('a text for a terminal or a log', () => {
  const texts = [
    consoleText(hostileReport(), WIDE),
    annotations(hostileReport()),
    verdictLine(hostileReport()),
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
    const heads = lines.filter((line) => / is broken: /.test(line)).map((line) => line.split(' ')[0]);
    expect(heads).toEqual(['RS-2', 'RS-4', 'AU-2']);
    expect(lines.at(-2)).toBe('does not conform: 3 of 4 claims judged, of 7 broken: AU-2, RS-4, RS-2');
  });

  test('makes no workflow command of what a server sent', () => {
    for (const line of annotations(hostileReport()).split('\n')) expect(line).toMatch(/^(::(error|warning) title=|$)/);
    expect(withoutCommands('::error::x\n', 'token')).toBe('::stop-commands::token\n::error::x\n::token::\n');
  });
});
