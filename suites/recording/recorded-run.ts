import type { TokenShape } from '../judge/token-shape.ts';
import type { ExtraHeader } from '../settings/headers.ts';
import type { Origin } from '../targets/target.ts';
import type { Har } from './har.ts';
import type { RecordedEntry } from './recorded-entry.ts';

/** The shape of tokens from this number up to the next entry's. */
export interface NumberedShape extends TokenShape {
  readonly from: number;
}

/** Metadata of a recorded run: HAR's `log._recording`. */
export interface RecordedRun {
  readonly format: 1;
  /** Start of the recording; RFC 3339. */
  readonly recorded: string;
  /** Host and port of the server. */
  readonly host: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly contract: { readonly version: string; readonly sha256: string };
  /** Digits in the references of the run's new customers. Not secret, because the references contain them. */
  readonly nonce: string;
  /** Headers that every request had in addition to the documented ones; secret values are masked. */
  readonly headers?: readonly ExtraHeader[];
  /** Shapes of the tokens that `[client auth token N]` replaces. */
  readonly tokens: readonly NumberedShape[];
  /** Cases with a request that cannot be recorded, because it contains a secret. */
  readonly unwritable: readonly string[];
}

/** A recording: HAR 1.2 with custom fields, whose names begin with an underscore. */
export interface RecordingHar {
  readonly log: Har<RecordedEntry>['log'] & { readonly _recording: RecordedRun };
}

/** The lookup key of an exchange. */
export function keyOf({ case: id, step, position }: Origin): string {
  return JSON.stringify([id, step, position]);
}

/** Sorts exchanges the same way for all runs of the same cases. */
export function compareOrigins(one: Origin, other: Origin): number {
  if (one.case !== other.case) return one.case < other.case ? -1 : 1;
  // Positions order the steps of a case; each explanation of a refusal counts from 0.
  if (one.case === 'diagnosis' && one.step !== other.step) return one.step < other.step ? -1 : 1;
  return one.position - other.position;
}
