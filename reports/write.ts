import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { junitXml } from './junit.ts';
import type { Report } from './report.ts';

/** Writes every view of a report. @param folder made where it is not there @returns the files' paths */
export function writeReports(report: Report, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return [
    writeWhole(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`),
    writeWhole(join(folder, 'junit.xml'), junitXml(report)),
  ];
}

/** A file is there with its whole content or as it was before: half a report must not be read as one. */
function writeWhole(file: string, content: string): string {
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
  return file;
}
