import type { Claim } from '../spec/claims.ts';
import type { CaseVerdict } from '../suites/judge/result.ts';
import type { JudgedWaiver } from '../suites/waivers/waiver.ts';
import type { ReportedCase } from './reported-case.ts';

/** The verdict of a run; the process exits with 0, 1 or 2. */
export type RunVerdict = 'conforms' | 'does-not-conform' | 'could-not-judge';

/** The result of one claim. */
export interface ReportedClaim extends Claim {
  readonly verdict: CaseVerdict;
  /** Ids of the claim's own cases. */
  readonly cases: readonly string[];
  /** How many of its cases showed whether this claim holds, and how many it has. */
  readonly decided: { readonly cases: number; readonly of: number };
  /** Ids of the cases that show it broken, including cases of other claims. */
  readonly brokenBy: readonly string[];
  /** For an open claim: observations by case id. */
  readonly observations?: Readonly<Record<string, string>>;
  /** Why it was not decided. */
  readonly reason?: string;
}

/** The proof of the suite: deliberate faults that it must find, and permitted differences that it must not blame. */
export interface Proof {
  readonly schemaVersion: 1;
  /** Of the mutated contract; the proof says nothing about other contracts. */
  readonly contractSha256: string;
  readonly mutants: {
    readonly total: number;
    /** Failed by the suite. */
    readonly killed: number;
    /** Killed, and the right claim was named. */
    readonly blamed: number;
    /** Blamed, and no other claim was named. */
    readonly precise: number;
    /** Indistinguishable from a server that conforms. */
    readonly equivalent: number;
  };
  readonly variants: { readonly total: number; readonly passed: number };
  readonly byClaim: Readonly<Record<string, { readonly mutants: number; readonly killed: number }>>;
}

/** Identifies the run. */
export interface RunIdentity {
  /** Unique to the run. */
  readonly id: string;
  readonly profile: 'full' | 'smoke';
  /** The shard of the cases that this run judged, from 1; null for all cases. */
  readonly shard: { readonly index: number; readonly count: number } | null;
}

/**
 * Why a run is not complete. `unfinished`: it is still running, or was killed; `signal`: it was stopped from outside;
 * `limit`: it reached a limit, or the target stopped answering; `setup`: it could not start; `defect`: the suite failed.
 */
export type Interruption = 'unfinished' | 'signal' | 'limit' | 'setup' | 'defect';

/** Something that a reader must know to interpret the verdict. */
export interface Notice {
  readonly code:
    | 'contract-changed'
    | 'interrupted'
    | 'smoke'
    | 'shard'
    | 'partial'
    | 'not-recorded'
    | 'error'
    | 'waived'
    | 'stale-waivers'
    | 'other-waivers'
    | 'observations-changed'
    | 'other-proof';
  readonly text: string;
  /** It fails the run, whatever the cases' verdicts. */
  readonly fails: boolean;
}

/** Number of cases by verdict; they add up to `total`. */
export type Counts = Readonly<Record<CaseVerdict | 'total', number>>;

/** The recording that a run judged instead of a server. */
export interface ReportedRecording {
  readonly host: string;
  /** When it was recorded; RFC 3339. */
  readonly recorded: string;
  /** Of the contract at that time. */
  readonly contractSha256: string;
  /** Whether today's contract is another one, so that cases may be new, missing or different. */
  readonly contractChanged: boolean;
}

/** An expected observation, and the day on which it was first made. */
export interface Pin {
  readonly observation: string;
  /** RFC 3339 full-date. */
  readonly since: string;
}

/** Pins by host and case id. */
export type Pins = Readonly<Record<string, Readonly<Record<string, Pin>>>>;

/** An observation that differs from the pinned one. */
export interface ObservationChange {
  readonly id: string;
  readonly title: string;
  readonly then: Pin;
  readonly now: { readonly observation: string; readonly on: string };
}

/** A run's observations compared with the pinned ones. */
export interface Watch {
  /** Number of pins of this target. */
  readonly pinned: number;
  /** Whether a change fails the run. */
  readonly strict: boolean;
  readonly changes: readonly ObservationChange[];
}

/** The report, from which all views are rendered. Its schema is report.schema.json. */
export interface Report {
  readonly schemaVersion: 2;
  readonly run: RunIdentity;
  readonly verdict: RunVerdict;
  /** Whether all selected cases were judged. False for a run that ended early. */
  readonly complete: boolean;
  /** Why it is not complete; null if it is. */
  readonly interrupted: Interruption | null;
  /** The limit that ended it, if known. */
  readonly limit?: string;
  /** What a reader must know to interpret the verdict, as text and code. */
  readonly notices: readonly Notice[];
  /** The verdict in one sentence, without the notices. */
  readonly summary: string;
  readonly target: {
    readonly kind: 'mock' | 'live' | 'replay';
    /** Host and port only; for a replay, those of the recorded server. */
    readonly host: string;
    /** Its configured base URL; missing for a target without one. */
    readonly baseUrl?: string;
    /** The replayed recording. */
    readonly recording?: Omit<ReportedRecording, 'host'>;
  };
  readonly contract: { readonly version: string; readonly sha256: string };
  /** RFC 3339. */
  readonly started: string;
  readonly ms: number;
  readonly settings: { readonly timeoutMs: number; readonly maxRps: number; readonly concurrency: number };
  readonly counts: Counts;
  readonly requests: number;
  readonly retries: number;
  /**
   * Number of references used: those reused across runs, and those new in this one. `created`, for a live run: how many
   * customers it may have created, by the answers; on a first run that is nearly all of them.
   */
  readonly customers: { readonly kept: number; readonly new: number; readonly created?: number };
  /** The waivers of this target, if the run has a file of waivers. Every state except `used` fails the run. */
  readonly waivers?: readonly JudgedWaiver[];
  /** Other hosts that the file has waivers for. */
  readonly otherWaivers?: readonly string[];
  readonly claims: readonly ReportedClaim[];
  readonly cases: readonly ReportedCase[];
  /** The result of `npm run prove`, if available. */
  readonly proof?: Proof;
  /** The comparison with the pinned observations, if there are any. */
  readonly watch?: Watch;
}

/** The reason of a case that was not selected. */
export const NOT_SELECTED = 'not selected for this run';

/** The reason of a selected case without a result. */
export const NOT_REACHED = 'the run ended before it';

/** The exit code of a run. */
export const EXIT_CODES: Readonly<Record<RunVerdict, number>> = {
  conforms: 0,
  'does-not-conform': 1,
  'could-not-judge': 2,
};
