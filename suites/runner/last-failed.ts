import { join } from 'node:path';
import type { Report } from '../../reports/report.ts';
import { fromVersion1 } from '../../reports/version-1.ts';
import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { readJson } from '../../spec/text-file.ts';
import { readJournal } from './journal.ts';

/**
 * The cases that the last run failed, could not judge, or did not get to because it ended early.
 * @param folder where the last run's report is @param host the target's, as reports have it
 * @throws SetupError where there is no report, it is about another target, or nothing is left to repeat
 */
export function lastFailed(folder: string, host: string): string[] {
  const file = join(folder, 'report.json');
  let report: Report;
  try {
    report = fromVersion1(readJson(file)) as Report;
  } catch (thrown) {
    const reason = messageOf(thrown);
    throw new SetupError(`JUSPAY_ONLY=failed needs the report of the last run: ${reason}`);
  }
  if (report.target.host !== host) {
    throw new SetupError(`JUSPAY_ONLY=failed: ${file} is about ${report.target.host}, not about ${host}`);
  }
  // Of a run that was killed: the journal may be a moment ahead of the report.
  const journal = readJournal(folder);
  const ids = report.cases
    .map((one) => ({ ...one, verdict: journal.get(one.id)?.verdict ?? one.verdict }))
    .filter(
      ({ verdict, notRun }) =>
        verdict === 'fail' || verdict === 'error' || (verdict === 'not-run' && notRun === 'not-reached'),
    )
    .map(({ id }) => id);
  if (ids.length === 0) throw new SetupError(`JUSPAY_ONLY=failed: nothing failed in ${file}, so nothing is repeated`);
  return ids;
}
