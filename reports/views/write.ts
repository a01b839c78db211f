import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../report.ts';
import { safeJson } from '../terminal.ts';
import { writeWhole } from '../write-whole.ts';
import { junitXml } from './junit.ts';
import { verdictLine } from './verdict-line.ts';

/** One file that a run writes. */
interface ReportFile {
  readonly file: string;
  /**
   * `always`: whenever there is a report, also one of a run that begins or ends early. `at-end`: only of a run that came to
   * its end; what stands there from another run is taken away before.
   */
  readonly when: 'always' | 'at-end';
  /** Loads what it needs by itself: the libraries of some views take longer to load than the mock to be judged. */
  readonly render: (report: Report) => string | Promise<string>;
}

/** Every file of a run, the report itself first: it is there before any view, whatever a view may do. */
export const REPORT_FILES = [
  { file: 'report.json', when: 'always', render: json },
  { file: 'junit.xml', when: 'always', render: junitXml },
  { file: 'verdict.json', when: 'always', render: (report: Report) => `${verdictLine(report)}\n` },
  { file: 'report.html', when: 'at-end', render: async (report) => (await import('../html/page.ts')).htmlPage(report) },
  {
    file: 'summary.md',
    when: 'at-end',
    render: async (report) => (await import('./markdown-summary.ts')).markdownSummary(report),
  },
  { file: 'ctrf.json', when: 'at-end', render: async (report) => json((await import('./ctrf.ts')).ctrfReport(report)) },
] as const satisfies readonly ReportFile[];

/** What JUSPAY_BASELINE adds to a run that came to its end. */
const COMPARISON_FILES = ['comparison.txt', 'comparison.md', 'comparison.html'];

/** Loads the libraries of all views; a run calls it early, so that they are there when its last case has ended. */
export async function loadHeavyViews(): Promise<void> {
  await Promise.all([import('../html/page.ts'), import('./markdown-summary.ts'), import('./ctrf.ts')]);
}

/** Writes every view of a report. @param folder made where it is not there @returns the files' paths, report.json first */
export async function writeReports(report: Report, folder: string): Promise<string[]> {
  const written = writeLight(report, folder);
  const heavy = REPORT_FILES.filter(({ when }) => when === 'at-end');
  takeAway(
    heavy.map(({ file }) => file),
    folder,
  );
  for (const { file, render } of heavy) written.push(writeWhole(join(folder, file), await render(report)));
  return written;
}

/**
 * Writes what can be written at once: for a run that begins, or that is broken off. The other views are of another run
 * then, and are taken away so that nobody reads them as this one's.
 * @returns the files' paths, report.json first
 */
export function writeInShort(report: Report, folder: string): string[] {
  const written = writeLight(report, folder);
  const others = REPORT_FILES.filter(({ when }) => when === 'at-end').map(({ file }) => file);
  takeAway([...others, ...COMPARISON_FILES], folder);
  return written;
}

/** Takes away every view: for a run that cannot write its own, so that nobody reads an earlier one's as this one's. */
export function removeReports(folder: string): void {
  for (const name of [...REPORT_FILES.map(({ file }) => file), ...COMPARISON_FILES]) {
    try {
      takeAway([name], folder);
    } catch {
      // A folder of this name is no report; the others still have to go.
    }
  }
}

/** Writes the views that need no library. */
function writeLight(report: Report, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return REPORT_FILES.flatMap((one) =>
    one.when === 'always' ? [writeWhole(join(folder, one.file), one.render(report))] : [],
  );
}

function takeAway(names: readonly string[], folder: string): void {
  for (const name of names) rmSync(join(folder, name), { force: true });
}

/** Writes the report alone. @returns the file's path */
export function writeReport(report: Report, folder: string): string {
  mkdirSync(folder, { recursive: true });
  return writeWhole(join(folder, 'report.json'), json(report));
}

function json(value: unknown): string {
  return `${safeJson(value, 2)}\n`;
}
