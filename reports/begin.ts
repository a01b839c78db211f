import { clearJournal } from '../suites/runner/journal.ts';
import { buildReport } from './build.ts';
import { type RunContext, recordOf } from './run-record.ts';
import { writeInShort } from './write.ts';

/**
 * A run begins: what the last one left is taken away, and from here on a report is there that says that this one did not
 * come to its end.
 */
export function beginReport(context: RunContext): void {
  const { reportDir } = context.settings;
  clearJournal(reportDir);
  writeInShort(buildReport(recordOf(context, { results: new Map(), finished: false })), reportDir);
}
