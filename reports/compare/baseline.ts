import type { Report } from '../report.ts';
import type { Screen } from '../views/console.ts';
import { compareReports } from './compare.ts';
import { comparisonText } from './comparison-text.ts';
import { writeComparison } from './write-comparison.ts';

/** Compares a run with an earlier one. */
export function compareWithBaseline(
  report: Report,
  baseline: Report,
  folder: string,
  screen: Screen,
): { readonly text: string; readonly files: readonly string[] } {
  const comparison = compareReports(baseline, report);
  return { text: comparisonText(comparison, screen), files: writeComparison(comparison, folder) };
}
