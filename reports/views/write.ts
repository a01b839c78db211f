import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../report.ts';
import { writeWhole } from '../write-whole.ts';
import { junitXml } from './junit.ts';
import { verdictLine } from './verdict-line.ts';

/** The views whose libraries take long to load. */
export interface HeavyViews {
  readonly htmlPage: (report: Report) => string;
  readonly markdownSummary: (report: Report) => string;
  readonly ctrfReport: (report: Report) => unknown;
}

/** Loads the heavy views; a run calls it early, so that they are there when its last case has ended. */
export async function loadHeavyViews(): Promise<HeavyViews> {
  const [{ htmlPage }, { markdownSummary }, { ctrfReport }] = await Promise.all([
    import('../html/page.ts'),
    import('./markdown-summary.ts'),
    import('./ctrf.ts'),
  ]);
  return { htmlPage, markdownSummary, ctrfReport };
}

const HEAVY_FILES = ['report.html', 'summary.md', 'ctrf.json'] as const;
/** What JUSPAY_BASELINE adds to a run that came to its end. */
const COMPARISON_FILES = ['comparison.txt', 'comparison.md', 'comparison.html'];

/** Writes every view of a report. @param folder made where it is not there @returns the files' paths, report.json first */
export async function writeReports(report: Report, folder: string): Promise<string[]> {
  // What everything else is rendered from is there first, whatever a view may do.
  const written = writeLight(report, folder);
  takeAway(HEAVY_FILES, folder);
  const { htmlPage, markdownSummary, ctrfReport } = await loadHeavyViews();
  const content: Record<(typeof HEAVY_FILES)[number], string> = {
    'report.html': htmlPage(report),
    'summary.md': markdownSummary(report),
    'ctrf.json': `${JSON.stringify(ctrfReport(report), null, 2)}\n`,
  };
  return [...written, ...HEAVY_FILES.map((name) => writeWhole(join(folder, name), content[name]))];
}

/**
 * Writes what can be written at once: for a run that begins, or that is broken off. The other views are of another run
 * then, and are taken away, lest they be read as this one's.
 * @returns the files' paths, report.json first
 */
export function writeInShort(report: Report, folder: string): string[] {
  const written = writeLight(report, folder);
  takeAway([...HEAVY_FILES, ...COMPARISON_FILES], folder);
  return written;
}

/** Writes the views that need no library. */
function writeLight(report: Report, folder: string): string[] {
  return [
    writeReport(report, folder),
    writeWhole(join(folder, 'junit.xml'), junitXml(report)),
    writeWhole(join(folder, 'verdict.json'), `${verdictLine(report)}\n`),
  ];
}

function takeAway(names: readonly string[], folder: string): void {
  for (const name of names) rmSync(join(folder, name), { force: true });
}

/** Writes the report alone. @returns the file's path */
export function writeReport(report: Report, folder: string): string {
  mkdirSync(folder, { recursive: true });
  return writeWhole(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
}
