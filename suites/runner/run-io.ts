import type { Screen } from '../../reports/views/console.ts';
import type { Output } from '../../reports/views/publish.ts';
import type { Masker } from '../secrets/mask.ts';

/** Characters per line if the output is not a terminal. */
const OUTPUT_WIDTH = 120;
/** The output of a run. */
export interface RunIo {
  readonly stdout: Output & { readonly columns?: number };
  readonly stderr: Output;
  /** Receives the run's masker before anything is sent, for other output of the process. */
  readonly onMasker?: (masker: Masker) => void;
}

/** Says how to replay a recording. */
export function recordedText(file: string): string {
  return `Recorded: ${file}; juspay-conformance run --target replay --recording ${file} replays it\n`;
}

/** Properties of the run's terminal. */
export function screenOf(stream: RunIo['stdout']): Screen {
  return {
    colour: stream.isTTY === true && process.env['NO_COLOR'] === undefined,
    columns: stream.columns ?? OUTPUT_WIDTH,
  };
}
