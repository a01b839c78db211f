import type { TokenShape } from '../judge/token-shape.ts';
import type { ExtraHeader } from '../settings/headers.ts';
import type { HttpFailure, Origin } from '../targets/target.ts';
import type { Har, HarEntry } from './har.ts';

/** The shape of the tokens from a number on, up to the next entry's. */
export interface NumberedShape extends TokenShape {
  readonly from: number;
}

/** What a recording says of the run that it was made from: HAR's `log._recording`. */
export interface RecordedRun {
  readonly format: 1;
  /** When the recording began; RFC 3339. */
  readonly recorded: string;
  /** Host and port of the server. */
  readonly host: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly contract: { readonly version: string; readonly sha256: string };
  /** Digits that the run's new customers are named after. Not secret: their references hold it. */
  readonly nonce: string;
  /** Headers that every request carried beside those of the documentation; the values of secret ones are masked. */
  readonly headers?: readonly ExtraHeader[];
  /** How the tokens were spelled that `[client auth token N]` stands for. */
  readonly tokens: readonly NumberedShape[];
  /** Cases with a request that could not be written without a secret in it. */
  readonly unwritable: readonly string[];
}

/** An exchange of a recording: a HAR entry that knows who asked. */
export interface RecordedEntry extends HarEntry {
  readonly _case: Origin['case'];
  readonly _step: Origin['step'];
  readonly _position: Origin['position'];
  /** Why earlier attempts did not count, where there were any. */
  readonly _retried?: readonly string[];
  /** Why no answer came; the response's status is 0 then. */
  readonly _failure?: Pick<HttpFailure, 'reason' | 'message'>;
}

/** A recording: HAR 1.2 with the fields that HAR leaves to tools, whose names begin with a underscore. */
export interface RecordingHar {
  readonly log: Har<RecordedEntry>['log'] & { readonly _recording: RecordedRun };
}

/** What an exchange is found by. */
export function keyOf({ case: id, step, position }: Origin): string {
  return JSON.stringify([id, step, position]);
}

/** Two runs of the same cases have their exchanges in the same order, whatever came first. */
export function compareOrigins(one: Origin, other: Origin): number {
  if (one.case !== other.case) return one.case < other.case ? -1 : 1;
  // Steps of a case are in the order of its positions; each explanation of a refusal counts its own.
  if (one.case === 'diagnosis' && one.step !== other.step) return one.step < other.step ? -1 : 1;
  return one.position - other.position;
}
