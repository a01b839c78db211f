import { renameSync, writeFileSync } from 'node:fs';

/** A file is there with its whole content or as it was before: half a report must not be read as one. */
export function writeWhole(file: string, content: string): string {
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
  return file;
}
