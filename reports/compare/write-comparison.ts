import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../write-whole.ts';
import type { Comparison } from './compare.ts';
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
