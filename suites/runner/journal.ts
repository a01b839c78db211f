import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { safeJson } from '../../reports/terminal.ts';
import { parsed } from '../judge/body.ts';
import type { CaseResult } from '../judge/result.ts';

/** The journal: one masked verdict per line with its run's id, written immediately in case the process is killed. */
interface Line {
  readonly run: string;
  readonly result: CaseResult;
}

function journalIn(folder: string): string {
  return join(folder, 'journal.jsonl');
}

/** Writes one verdict to the system before it returns. @param run the run's id @throws if there is no room */
export function writeJournal(folder: string, run: string, result: CaseResult): void {
  appendFileSync(journalIn(folder), `${safeJson({ run, result } satisfies Line)}\n`);
}

/** Deletes it, once the report has everything, and before a run begins. */
export function removeJournal(folder: string): void {
  try {
    rmSync(journalIn(folder), { force: true });
  } catch {
    // The folder was deleted.
  }
}

/** The verdicts of a killed run, the last one of each case; empty without a journal of that run. */
export function readJournal(folder: string, run: string | undefined): Map<string, CaseResult> {
  let text = '';
  try {
    text = readFileSync(journalIn(folder), 'utf8');
  } catch {
    // There is none.
  }
  // A line may be cut off by a crash of the machine.
  const lines = text.split('\n').map((line) => parsed(line) as Line | undefined);
  return new Map(
    lines.flatMap((line) => (line?.run === run && line !== undefined ? [[line.result.id, line.result]] : [])),
  );
}
