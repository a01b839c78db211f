import { buildReport } from '../../reports/build.ts';
import { watchObservations } from '../../reports/observation-changes.ts';
import type { Report } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { writeInShort, writeReport } from '../../reports/views/write.ts';
import { messageOf } from '../../spec/setup-error.ts';
import type { JudgedCases, Parts } from './judged-cases.ts';
import { type RunState, recordOf } from './run-record.ts';

/** Maximum delay in milliseconds until a verdict is in report.json, not counting the time to write it. */
const SNAPSHOT_AFTER = 200;
/** Writing the report during a run may take 1/20 of the time. */
const SNAPSHOT_SHARE = 20;

/** A run's state without the results. */
type State = Omit<RunState, 'results'>;

/** The report of a run at any moment, with its files. */
export class RunFiles {
  readonly #parts: Parts;
  readonly #judged: JudgedCases;
  #snapshot: NodeJS.Timeout | undefined;
  #written = 0;

  constructor(parts: Parts, judged: JudgedCases) {
    this.#parts = parts;
    this.#judged = judged;
  }

  /** The current report. */
  report(state: State): Report {
    const { inputs, begun } = this.#parts;
    const { results, leftOut } = this.#judged;
    const report = buildReport(recordOf(inputs, begun, { ...state, results }, leftOut));
    const { pins, settings } = inputs;
    return pins === undefined ? report : watchObservations(report, pins, settings.observationsStrict);
  }

  /** The report if the verdict could not be written: readers of the files must see that there is none. */
  unwritten({ verdict, summary }: Report, state: State, thrown: unknown): Report {
    const { folder, mask } = this.#parts;
    const why = `the run's files could not be written: ${forTerminal(mask(messageOf(thrown)))}`;
    const ended =
      verdict === 'does-not-conform'
        ? { verdict, message: `${summary}; ${why}` }
        : { verdict: 'could-not-judge' as const, message: `could not judge: ${why}` };
    const report = this.report({ ...state, ended });
    try {
      folder.assertOurs();
      writeInShort(report, folder.path);
    } catch {
      // The files then still say, as at the start, that the run has not judged.
    }
    return report;
  }

  /** Updates the files on disk in case the process is killed; the larger they are, the less often. */
  keepUpToDate(ms = SNAPSHOT_AFTER): void {
    this.#snapshot = setTimeout(() => {
      const before = performance.now();
      if (this.#judged.results.size > this.#written) {
        this.#written = this.#judged.results.size;
        try {
          writeReport(this.report({ finished: false }), this.#parts.folder.path);
          this.#parts.saveRecording();
        } catch (thrown) {
          this.#judged.stop(`the report cannot be written: ${messageOf(thrown)}`);
        }
      }
      this.keepUpToDate(Math.max(SNAPSHOT_AFTER, (performance.now() - before) * SNAPSHOT_SHARE));
    }, ms).unref();
  }

  /** Stops updating them. */
  leaveAsTheyAre(): void {
    clearTimeout(this.#snapshot);
  }
}
