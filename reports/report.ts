import type { Claim } from '../spec/claims.ts';
import type { CaseVerdict } from '../suites/judge/result.ts';
import type { JudgedWaiver } from '../suites/waivers/waiver.ts';
import type { ReportedCase } from './reported-case.ts';

/** Of a run; the process exits with 0, 1 and 2. */
export type RunVerdict = 'conforms' | 'does-not-conform' | 'could-not-judge';

/** One claim, as this run decided it. */
export interface ReportedClaim extends Claim {
  readonly verdict: CaseVerdict;
  /** Ids of the claim's own cases. */
  readonly cases: readonly string[];
  /** How many of its cases were decided for this claim itself, and how many it has. */
  readonly decided: { readonly cases: number; readonly of: number };
  /** Ids of the cases that show it broken, whichever claim they were made for. */
  readonly brokenBy: readonly string[];
  /** What was seen, for an open claim: case id to observation. */
  readonly observations?: Readonly<Record<string, string>>;
  /** Why it was not decided. */
  readonly reason?: string;
}

/** How the suite was proved: deliberate faults that it has to find, and permitted differences that it must not blame. */
export interface Proof {
  readonly schemaVersion: 1;
  /** The contract that was mutated; the proof says nothing of another one. */
  readonly contractSha256: string;
  readonly mutants: {
    readonly total: number;
    /** Failed by the suite. */
    readonly killed: number;
    /** Killed, and the right claim was named. */
    readonly blamed: number;
    /** Blamed, and no other claim was named. */
    readonly precise: number;
    /** They answer as the contract does: nothing can tell them apart. */
    readonly equivalent: number;
  };
  readonly variants: { readonly total: number; readonly passed: number };
  readonly byClaim: Readonly<Record<string, { readonly mutants: number; readonly killed: number }>>;
}

/** Which run it was. */
export interface RunIdentity {
  /** Of this run alone. */
  readonly id: string;
  readonly profile: 'full' | 'smoke';
  /** The part of all cases that this run was to judge, counted from 1; null for all of them. */
  readonly shard: { readonly index: number; readonly count: number } | null;
}

/**
 * Why a run did not come to its end. `unfinished`: it is still under way, or was killed; `signal`: somebody stopped it;
 * `limit`: by its own limits, or because the target went away; `setup`: it could not begin; `defect`: the suite failed.
 */
export type Interruption = 'unfinished' | 'signal' | 'limit' | 'setup' | 'defect';

/** Something that a reader must know before believing the verdict. */
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
  /** The run fails by it, whatever its cases say. */
  readonly fails: boolean;
}

/** Cases by verdict; they add up to `total`. */
export type Counts = Readonly<Record<CaseVerdict | 'total', number>>;

/** The recording that a run judged instead of a server. */
export interface ReportedRecording {
  readonly host: string;
  /** When it was recorded; RFC 3339. */
  readonly recorded: string;
  /** Of the contract that it was recorded under. */
  readonly contractSha256: string;
  /** The contract differs from that one: cases may have come and gone, or ask something else. */
  readonly contractChanged: boolean;
}

/** An observation that is expected to stay, and the day on which it was first made. */
export interface Pin {
  readonly observation: string;
  /** RFC 3339 full-date. */
  readonly since: string;
}

/** Pins of targets: host, then case id. */
export type Pins = Readonly<Record<string, Readonly<Record<string, Pin>>>>;

/** An open claim's observation that differs from the one that was pinned. */
export interface ObservationChange {
  readonly id: string;
  readonly title: string;
  readonly then: Pin;
  readonly now: { readonly observation: string; readonly on: string };
}

/** What became of a target's pinned observations. */
export interface Watch {
  /** Pins of this target. */
  readonly pinned: number;
  /** A change fails the run. */
  readonly strict: boolean;
  readonly changes: readonly ObservationChange[];
}

/** The one document that every view is rendered from. Its schema is report.schema.json. */
export interface Report {
  readonly schemaVersion: 2;
  readonly run: RunIdentity;
  readonly verdict: RunVerdict;
  /** All cases that the run was to judge were judged. False for a run that ended early. */
  readonly complete: boolean;
  /** Why it is not complete; null where it is. */
  readonly interrupted: Interruption | null;
  /** Which limit it was, where one is known. */
  readonly limit?: string;
  /** What a reader must know before believing the verdict, in words and as a code. */
  readonly notices: readonly Notice[];
  /** The verdict in one sentence; what else there is to say of it is in the notices. */
  readonly summary: string;
  readonly target: {
    readonly kind: 'mock' | 'live' | 'replay';
    /** Host and port alone; of a recording, those of the recorded server. */
    readonly host: string;
    /** Its base URL, as the run was given it; not of what has no address. */
    readonly baseUrl?: string;
    /** What was replayed. */
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
   * References used: met again by every run, and new with this one. `created`, of a live run: how many customers it may
   * have left behind, by what the answers say; on a first run that is nearly all of them.
   */
  readonly customers: { readonly kept: number; readonly new: number; readonly created?: number };
  /** The known deviations of this target, where the run was given any. Any state but `used` fails the run. */
  readonly waivers?: readonly JudgedWaiver[];
  /** Hosts that the file of waivers has some for, and that this run did not judge. */
  readonly otherWaivers?: readonly string[];
  readonly claims: readonly ReportedClaim[];
  readonly cases: readonly ReportedCase[];
  /** Of `npm run prove`, where it was run. */
  readonly proof?: Proof;
  /** How the observations compare with the pinned ones, where there are any. */
  readonly watch?: Watch;
}

/** Why a case was not run that the run was not to judge. */
export const NOT_SELECTED = 'not selected for this run';

/** Why a case has no result that the run was to judge. */
export const NOT_REACHED = 'the run ended before it';

/** The exit code of a run. */
export const EXIT_CODES: Readonly<Record<RunVerdict, number>> = {
  conforms: 0,
  'does-not-conform': 1,
  'could-not-judge': 2,
};
