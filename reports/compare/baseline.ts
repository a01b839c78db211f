import type { Screen } from '../console.ts';
import { readReport } from '../read-report.ts';
import type { Report } from '../report.ts';
import { compareReports } from './compare.ts';
import { comparisonText } from './comparison-text.ts';
import { writeComparison } from './write-comparison.ts';

/** Compares a run with the report of an earlier one. @throws UnreadableReport where that cannot be used */
export function compareWithBaseline(
  report: Report,
  baseline: string,
  folder: string,
  screen: Screen,
): { readonly text: string; readonly files: readonly string[] } {
  const comparison = compareReports(readReport(baseline), report);
  return { text: comparisonText(comparison, screen), files: writeComparison(comparison, folder) };
}
