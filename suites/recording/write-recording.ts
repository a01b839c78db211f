import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RecordingHar } from './recorded-run.ts';

/** Writes a recording, whole or not at all. Indented: it is read as a difference between two runs. */
export function writeRecording(har: RecordingHar, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, `${JSON.stringify(har, null, 1)}\n`);
  renameSync(unfinished, file);
}
