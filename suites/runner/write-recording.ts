import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeWhole } from '../../reports/write-whole.ts';
import type { RecordingHar } from '../recording/recorded-run.ts';

/** Writes a recording, whole or not at all. Indented: it is read as a difference between two runs. */
export function writeRecording(har: RecordingHar, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, `${JSON.stringify(har, null, 1)}\n`);
}
