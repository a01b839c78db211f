import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Report } from '../../reports/report.ts';
import { removeReports, writeInShort } from '../../reports/views/write.ts';
import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { type Lock, takeLock } from '../settings/lock.ts';
import { settingsError } from '../settings/settings.ts';
import type { Environment } from '../settings/values.ts';

/** Minimum free space in bytes; without it nothing is sent. */
const ROOM = 2_000_000;

/** A folder locked for one run. */
export interface ReportFolder {
  readonly path: string;
  /** @throws Error if another run has the folder now */
  assertOurs(): void;
  release(): void;
}

/**
 * Creates the report folder and locks it for one run.
 * @throws SetupError if another run has it or it is not writable
 */
export function takeReportFolder(env: Environment): ReportFolder {
  const path = (env['JUSPAY_REPORT_DIR'] ?? 'reports/out').trim();
  if (path === '') {
    throw settingsError(['JUSPAY_REPORT_DIR is empty: expected a folder; otherwise unset it (default reports/out)']);
  }
  let lock = takeIn(path);
  return {
    path,
    assertOurs() {
      if (lock.isHeld()) return;
      lock.release();
      // The folder was deleted, and no other run has it.
      lock = takeIn(path);
    },
    release: () => lock.release(),
  };
}

function takeIn(path: string): Lock {
  let lock: Lock | undefined;
  try {
    mkdirSync(path, { recursive: true });
    lock = takeLock(join(path, 'run.lock'), `the report folder ${path}`);
    assertRoom(join(path, 'report.json'));
    return lock;
  } catch (thrown) {
    // Another run has it.
    if (thrown instanceof SetupError) throw thrown;
    // The reports of an earlier run must not be taken for this one's.
    removeReports(path);
    lock?.release();
    throw settingsError([
      `JUSPAY_REPORT_DIR is ${JSON.stringify(path)}: expected a folder that can be written to (${messageOf(thrown)})`,
    ]);
  }
}

/** Checks that a file of some megabytes can be written, without changing an existing one. @throws the system's error */
export function assertRoom(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const probe = `${file}.${process.pid}.room`;
  try {
    writeFileSync(probe, Buffer.alloc(ROOM, 'x'));
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Writes that the run has not judged, and deletes the other views of an earlier run. */
export function begin(folder: ReportFolder, report: Report): void {
  try {
    writeInShort(report, folder.path);
  } catch (thrown) {
    removeReports(folder.path);
    throw new SetupError(`the reports cannot be written: ${messageOf(thrown)}`);
  }
}
