import type { Screen } from '../../reports/views/console.ts';
import type { Output } from '../../reports/views/publish.ts';
import type { Masker } from '../secrets/mask.ts';

/** Characters in a line where there is no terminal to ask. */
const OUTPUT_WIDTH = 120;
/** Where a run writes to. */
export interface RunIo {
  readonly stdout: Output & { readonly columns?: number };
  readonly stderr: Output;
  /** Is given what masks the run's secrets, before anything is sent: for whatever else the process prints. */
  readonly onMasker?: (masker: Masker) => void;
}

/** A recording is of use only to whoever knows what to do with it. */
export function recordedText(file: string): string {
  return `Recorded: ${file}; juspay-conformance run --target replay --recording ${file} replays it\n`;
}

/** The terminal that a run writes to. */
export function screenOf(stream: RunIo['stdout']): Screen {
  return {
    colour: stream.isTTY === true && process.env['NO_COLOR'] === undefined,
    columns: stream.columns ?? OUTPUT_WIDTH,
  };
}
