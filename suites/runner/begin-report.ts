import { buildReport } from '../../reports/build.ts';
import { writeInShort } from '../../reports/views/write.ts';
import { clearJournal } from './journal.ts';
import { type RunContext, recordOf } from './run-record.ts';

/**
 * A run begins: what the last one left is taken away, and from here on a report is there that says that this one did not
 * come to its end.
 */
export function beginReport(context: RunContext): void {
  const { reportDir } = context.settings;
  clearJournal(reportDir);
  writeInShort(buildReport(recordOf(context, { results: new Map(), finished: false })), reportDir);
}
