import { join } from 'node:path';
import type { Report } from '../../reports/report.ts';
import { fromVersion1 } from '../../reports/version-1.ts';
import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { readJson } from '../../spec/text-file.ts';
import { readJournal } from './journal.ts';

/** What the last run in a folder left to repeat. */
export interface LastRun {
  /** Ids of the cases that it failed, could not judge, or did not reach. */
  readonly failed: readonly string[];
  /** @throws SetupError if there is nothing to repeat for this target @param host of the target, as in reports */
  assertUsable(host: string): void;
}

/** Reads the last run's failures before this run overwrites its report. @param folder of the reports */
export function readLastRun(folder: string): LastRun {
  const file = join(folder, 'report.json');
  let report: Report;
  try {
    report = fromVersion1(readJson(file)) as Report;
  } catch (thrown) {
    return unusable(`JUSPAY_ONLY=failed needs the report of the last run: ${messageOf(thrown)}`);
  }
  if (!Array.isArray(report.cases)) return unusable(`JUSPAY_ONLY=failed: ${file} is not a report of a run`);
  // If the run was killed, the journal may be slightly newer than the report.
  const journal = readJournal(folder, report.run?.id);
  const failed = report.cases
    .map((one) => ({ ...one, verdict: journal.get(one.id)?.verdict ?? one.verdict }))
    .filter(
      ({ verdict, notRun }) =>
        verdict === 'fail' || verdict === 'error' || (verdict === 'not-run' && notRun === 'not-reached'),
    )
    .map(({ id }) => id);
  return {
    failed,
    assertUsable(host) {
      // A run that ended early may not know its target.
      if (report.target.host !== host && report.target.host !== UNKNOWN_HOST) {
        throw new SetupError(`JUSPAY_ONLY=failed: ${file} is about ${report.target.host}, not about ${host}`);
      }
      if (failed.length === 0) {
        throw new SetupError(`JUSPAY_ONLY=failed: nothing failed in ${file}, so there is nothing to repeat`);
      }
    },
  };
}

/** The host if a run ended before it had read its settings. */
export const UNKNOWN_HOST = 'unknown: the run ended before its settings were read';

function unusable(message: string): LastRun {
  return {
    failed: [],
    assertUsable() {
      throw new SetupError(message);
    },
  };
}
