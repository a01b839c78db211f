import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { junitXml } from './junit.ts';
import type { Report } from './report.ts';
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
    import('./html/page.ts'),
    import('./markdown-summary.ts'),
    import('./ctrf.ts'),
  ]);
  return { htmlPage, markdownSummary, ctrfReport };
}

/** Writes every view of a report. @param folder made where it is not there @returns the files' paths, report.json first */
export async function writeReports(report: Report, folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  // What everything else is rendered from is there first, whatever a view may do.
  const written = [writeWhole(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)];
  const { htmlPage, markdownSummary, ctrfReport } = await loadHeavyViews();
  const views: readonly (readonly [string, string])[] = [
    ['report.html', htmlPage(report)],
    ['summary.md', markdownSummary(report)],
    ['junit.xml', junitXml(report)],
    ['ctrf.json', `${JSON.stringify(ctrfReport(report), null, 2)}\n`],
    ['verdict.json', `${verdictLine(report)}\n`],
  ];
  return [...written, ...views.map(([name, content]) => writeWhole(join(folder, name), content))];
}

/** A file is there with its whole content or as it was before: half a report must not be read as one. */
export function writeWhole(file: string, content: string): string {
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
  return file;
}
