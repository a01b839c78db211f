import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file atomically: a reader never sees half a report. */
export function writeWhole(file: string, content: string): string {
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
  return file;
}
