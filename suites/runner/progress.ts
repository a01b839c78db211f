import { inOneLine } from '../../reports/terminal.ts';

/** Minimum milliseconds between two writes; a faster update is not visible. */
const PAUSE = 80;

/** The part of a terminal's stream used here. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A progress line, overwritten during a run; only on an interactive terminal. */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #shown: boolean;
  readonly #now: () => number;
  #last = Number.NEGATIVE_INFINITY;
  #done = 0;
  #failed = 0;

  constructor(stream: ProgressStream, env: Readonly<Record<string, string | undefined>>, now: () => number = Date.now) {
    this.#stream = stream;
    this.#shown = stream.isTTY === true && (env['CI'] ?? '') === '' && env['TERM'] !== 'dumb';
    this.#now = now;
  }

  /** Counts a finished case. @param total number of cases */
  add(failed: boolean, title: string, total: number): void {
    this.#done += 1;
    if (failed) this.#failed += 1;
    const now = this.#now();
    if (!this.#shown || now - this.#last < PAUSE) return;
    this.#last = now;
    const wrong = this.#failed > 0 ? `, ${this.#failed} failed` : '';
    const line = inOneLine(`${this.#done} of ${total} cases${wrong}: ${title}`, (this.#stream.columns ?? 80) - 1);
    this.#stream.write(`\r\u001b[K${line}`);
  }

  /** Clears the progress line. */
  end(): void {
    if (this.#shown) this.#stream.write('\r\u001b[K');
    this.#done = 0;
    this.#failed = 0;
  }
}
