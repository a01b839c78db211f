import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { safeJson } from '../../reports/terminal.ts';
import type { CaseResult } from '../judge/result.ts';

/** The journal: one masked verdict per line with its run's id, written immediately in case the process is killed. */
export interface Journal {
  /** Writes one verdict to the system before it returns. @throws if there is no room */
  write(result: CaseResult): void;
  /** Deletes it, once the report has everything. */
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
        // The folder was deleted.
      }
    },
  };
}

/** The verdicts of a killed run, the last one of each case; empty without a journal of that run. */
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
      // Empty, or cut off by a crash of the machine.
      return [];
    }
  });
  return new Map(lines.filter((line) => line.run === run).map(({ result }) => [result.id, result]));
}
