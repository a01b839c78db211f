import { appendFileSync, statSync } from 'node:fs';
import { messageOf } from '../../spec/setup-error.ts';
import type { Report } from '../report.ts';
import { forTerminal } from '../terminal.ts';
import { annotations, withoutCommands } from './annotations.ts';
import { verdictLine } from './verdict-line.ts';

/** Maximum bytes of a step's summary; GitHub does not show a larger one at all. */
const STEP_SUMMARY_LIMIT = 1_048_576;

/** Where output goes. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Prints a run's outcome: the text, on GitHub its annotations and the step's summary, and for a
 * pipeline, as the last line, the verdict as JSON.
 */
export async function publish(
  text: string,
  report: Report,
  env: Readonly<Record<string, string | undefined>>,
  output: Output = process.stdout,
): Promise<void> {
  const onGitHub = env['GITHUB_ACTIONS'] === 'true';
  output.write(onGitHub ? withoutCommands(text) : text);
  if (onGitHub) output.write(annotations(report));
  const summaryFile = env['GITHUB_STEP_SUMMARY'] ?? '';
  if (summaryFile !== '') {
    const { markdownSummary } = await import('./markdown-summary.ts');
    try {
      appendSummary(summaryFile, markdownSummary(report));
    } catch (thrown) {
      process.stderr.write(`the step's summary cannot be written: ${forTerminal(messageOf(thrown))}\n`);
    }
  }
  if (output.isTTY !== true) output.write(`${verdictLine(report)}\n`);
}

/** All commands of a step share one summary file. */
function appendSummary(file: string, summary: string): void {
  const there = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const room = STEP_SUMMARY_LIMIT - there - 2;
  if (Buffer.byteLength(summary) <= room) appendFileSync(file, `${there > 0 ? '\n' : ''}${summary}\n`);
  else process.stderr.write('the summary does not fit into this step; it is in summary.md\n');
}
