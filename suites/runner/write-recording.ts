import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { safeJson } from '../../reports/terminal.ts';
import { writeWhole } from '../../reports/write-whole.ts';
import type { RecordingHar } from '../recording/recorded-run.ts';

/** Writes a recording atomically. Indented, to compare two recordings by diff. */
export function writeRecording(har: RecordingHar, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, `${safeJson(har, 1)}\n`);
}
