import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseResult } from '../judge/result.ts';

/** A verdict a line, masked; written where the case was judged, at the moment it was. */
function journalIn(folder: string): string {
  return join(folder, 'journal.jsonl');
}

/** Forgets the journal of the last run. */
export function clearJournal(folder: string): void {
  rmSync(journalIn(folder), { force: true });
}

/** Opens the journal to write. @returns writes one verdict; it is with the system when the call returns */
export function openJournal(folder: string): (result: CaseResult) => void {
  mkdirSync(folder, { recursive: true });
  const file = openSync(journalIn(folder), 'a');
  process.once('exit', () => closeSync(file));
  return (result) => {
    writeSync(file, `${JSON.stringify(result)}\n`);
  };
}

/** Bytes in the journal: more of them with every verdict. */
export function journalSize(folder: string): number {
  return statSync(journalIn(folder), { throwIfNoEntry: false })?.size ?? 0;
}

/** Every verdict of a journal, the last one of each case; none where there is no journal. */
export function readJournal(folder: string): Map<string, CaseResult> {
  let text: string;
  try {
    text = readFileSync(journalIn(folder), 'utf8');
  } catch {
    return new Map();
  }
  const results = text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as CaseResult];
    } catch {
      // Empty, or cut where the machine went down.
      return [];
    }
  });
  return new Map(results.map((result) => [result.id, result]));
}
