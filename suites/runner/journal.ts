import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { safeJson } from '../../reports/terminal.ts';
import type { CaseResult } from '../judge/result.ts';

/** A verdict a line, masked, each with its run: written at the moment it falls, for a process that is killed. */
export interface Journal {
  /** Writes one verdict; it is with the system when the call returns. @throws where there is no room */
  write(result: CaseResult): void;
  /** Forgets it: the report has everything. */
  remove(): void;
}

interface Line {
  readonly run: string;
  readonly result: CaseResult;
}

/** Opens a new journal. @param run the run's id */
export function openJournal(folder: string, run: string): Journal {
  const path = join(folder, 'journal.jsonl');
  const file = openSync(path, 'w');
  let isOpen = true;
  return {
    write(result) {
      if (isOpen) writeSync(file, `${safeJson({ run, result } satisfies Line)}\n`);
    },
    remove() {
      if (!isOpen) return;
      isOpen = false;
      closeSync(file);
      try {
        rmSync(path, { force: true });
      } catch {
        // Its folder was taken away.
      }
    },
  };
}

/** Verdicts of a run that was killed, the last one of each case; none where there is no journal of it. */
export function readJournal(folder: string, run: string | undefined): Map<string, CaseResult> {
  let text: string;
  try {
    text = readFileSync(join(folder, 'journal.jsonl'), 'utf8');
  } catch {
    return new Map();
  }
  const lines = text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Line];
    } catch {
      // Empty, or cut where the machine went down.
      return [];
    }
  });
  return new Map(lines.filter((line) => line.run === run).map(({ result }) => [result.id, result]));
}
