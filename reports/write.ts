import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { junitXml } from './junit.ts';
import type { Report } from './report.ts';

/** Writes every view of a report. @param folder made where it is not there @returns the files' paths */
export function writeReports(report: Report, folder: string): string[] {
  return [writeReport(report, folder), writeWhole(join(folder, 'junit.xml'), junitXml(report))];
}

/** Writes the report alone. @returns the file's path */
export function writeReport(report: Report, folder: string): string {
  mkdirSync(folder, { recursive: true });
  return writeWhole(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
}

/** A file is there with its whole content or as it was before: half a report must not be read as one. */
function writeWhole(file: string, content: string): string {
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
  return file;
}
