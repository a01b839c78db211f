import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../report.ts';
import type { Screen } from '../views/console.ts';
import { writeWhole } from '../write-whole.ts';
import { type Comparison, compareReports } from './compare.ts';
import { comparisonPage } from './comparison-html.ts';
import { comparisonMarkdown } from './comparison-markdown.ts';
import { comparisonText } from './comparison-text.ts';

/** Writes a comparison as text, Markdown and HTML. @returns the files' paths */
export function writeComparison(comparison: Comparison, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return [
    writeWhole(join(folder, 'comparison.txt'), comparisonText(comparison, { colour: false, columns: 160 })),
    writeWhole(join(folder, 'comparison.md'), comparisonMarkdown(comparison)),
    writeWhole(join(folder, 'comparison.html'), comparisonPage(comparison)),
  ];
}

/** Compares a run with an earlier one. @returns the text to print, and the paths of the written files */
export function compareWithBaseline(report: Report, baseline: Report, folder: string, screen: Screen) {
  const comparison = compareReports(baseline, report);
  return { text: comparisonText(comparison, screen), files: writeComparison(comparison, folder) };
}
