import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../report.ts';
import { safeJson } from '../terminal.ts';
import { writeWhole } from '../write-whole.ts';
import { junitXml } from './junit.ts';
import { verdictLine } from './verdict-line.ts';

/** One file of a run. */
interface ReportFile {
  readonly file: string;
  /**
   * `always`: whenever there is a report, also while a run starts, or if it is broken off. `at-end`: only if a run reached
   * its end; an older run's file is removed before.
   */
  readonly when: 'always' | 'at-end';
  /** Loads its own libraries: those of some views take longer to load than judging the mock. */
  readonly render: (report: Report) => string | Promise<string>;
}

/** Every file of a run. The report comes first, so that it exists even if a view fails. */
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

/** What JUSPAY_BASELINE adds at the end of a run. */
const COMPARISON_FILES = ['comparison.txt', 'comparison.md', 'comparison.html'];

/** Loads the libraries of all views. A run calls it early, so that they are loaded when its last case ends. */
export async function loadHeavyViews(): Promise<void> {
  await Promise.all([import('../html/page.ts'), import('./markdown-summary.ts'), import('./ctrf.ts')]);
}

/** Writes every view of a report. @param folder created if missing @returns the files' paths, report.json first */
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
 * Writes the light views, for a run that starts or is broken off. Removes the others, which are of an older run, so that
 * nobody takes them for this one's.
 * @returns the files' paths, report.json first
 */
export function writeInShort(report: Report, folder: string): string[] {
  const written = writeLight(report, folder);
  const others = REPORT_FILES.filter(({ when }) => when === 'at-end').map(({ file }) => file);
  takeAway([...others, ...COMPARISON_FILES], folder);
  return written;
}

/** Removes every view, for a run that cannot write its own, so that nobody takes an older one's for this one's. */
export function removeReports(folder: string): void {
  for (const name of [...REPORT_FILES.map(({ file }) => file), ...COMPARISON_FILES]) {
    try {
      takeAway([name], folder);
    } catch {
      // A folder of this name; the others still have to be removed.
    }
  }
}

/** Writes the views that need no libraries. */
function writeLight(report: Report, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return REPORT_FILES.flatMap((one) =>
    one.when === 'always' ? [writeWhole(join(folder, one.file), one.render(report))] : [],
  );
}

function takeAway(names: readonly string[], folder: string): void {
  for (const name of names) rmSync(join(folder, name), { force: true });
}

/** Writes only the report. @returns the file's path */
export function writeReport(report: Report, folder: string): string {
  mkdirSync(folder, { recursive: true });
  return writeWhole(join(folder, 'report.json'), json(report));
}

function json(value: unknown): string {
  return `${safeJson(value, 2)}\n`;
}
