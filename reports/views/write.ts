import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../report.ts';
import { safeJson } from '../terminal.ts';
import { writeWhole } from '../write-whole.ts';
import { junitXml } from './junit.ts';
import { verdictLine } from './verdict-line.ts';

/** One file of a run. */
interface ReportFile<Text = string | Promise<string>> {
  readonly file: string;
  readonly render: (report: Report) => Text;
}

/** Written whenever there is a report, also while a run starts, or if it is broken off. The report comes first, so that it exists even if a view fails. */
const LIGHT: readonly ReportFile<string>[] = [
  { file: 'report.json', render: json },
  { file: 'junit.xml', render: junitXml },
  { file: 'verdict.json', render: (report) => `${verdictLine(report)}\n` },
];

/** Written only if a run reached its end. Each loads its own libraries, which takes longer than judging the mock. */
const HEAVY: readonly ReportFile[] = [
  { file: 'report.html', render: async (report) => (await import('../html/page.ts')).htmlPage(report) },
  {
    file: 'summary.md',
    render: async (report) => (await import('./markdown-summary.ts')).markdownSummary(report),
  },
  { file: 'ctrf.json', render: async (report) => json((await import('./ctrf.ts')).ctrfReport(report)) },
];

/** Every file of a run. */
export const REPORT_FILES: readonly ReportFile[] = [...LIGHT, ...HEAVY];

/** What JUSPAY_BASELINE adds at the end of a run. */
const COMPARISON_FILES = ['comparison.txt', 'comparison.md', 'comparison.html'];

/** Loads the libraries of all views. A run calls it early, so that they are loaded when its last case ends. */
export async function loadHeavyViews(): Promise<void> {
  await Promise.all([import('../html/page.ts'), import('./markdown-summary.ts'), import('./ctrf.ts')]);
}

/** Writes every view of a report. @param folder created if missing @returns the files' paths, report.json first */
export async function writeReports(report: Report, folder: string): Promise<string[]> {
  const written = writeLight(report, folder, namesOf(HEAVY));
  for (const { file, render } of HEAVY) written.push(writeWhole(join(folder, file), await render(report)));
  return written;
}

/**
 * Writes the light views, for a run that starts or is broken off. Removes the others, which are of an older run, so that
 * nobody takes them for this one's.
 * @returns the files' paths, report.json first
 */
export function writeInShort(report: Report, folder: string): string[] {
  return writeLight(report, folder, [...namesOf(HEAVY), ...COMPARISON_FILES]);
}

/** Removes every view, for a run that cannot write its own, so that nobody takes an older one's for this one's. */
export function removeReports(folder: string): void {
  for (const name of [...namesOf(REPORT_FILES), ...COMPARISON_FILES]) {
    try {
      rmSync(join(folder, name), { force: true });
    } catch {
      // A folder of this name; the others still have to be removed.
    }
  }
}

/** Writes the views that need no libraries. @param stale files of an older run, to be removed */
function writeLight(report: Report, folder: string, stale: readonly string[]): string[] {
  mkdirSync(folder, { recursive: true });
  const written = LIGHT.map(({ file, render }) => writeWhole(join(folder, file), render(report)));
  for (const name of stale) rmSync(join(folder, name), { force: true });
  return written;
}

/** Writes only the report. @returns the file's path */
export function writeReport(report: Report, folder: string): string {
  mkdirSync(folder, { recursive: true });
  return writeWhole(join(folder, 'report.json'), json(report));
}

function namesOf(files: readonly ReportFile[]): string[] {
  return files.map(({ file }) => file);
}

function json(value: unknown): string {
  return `${safeJson(value, 2)}\n`;
}
