import type { Level } from '../spec/claims.ts';
import type { CaseVerdict, Exchange, Finding, Observation, Tried } from '../suites/judge/result.ts';
import type { JudgedWaiver } from '../suites/waivers/waiver.ts';
import type { Watch } from './observation-changes.ts';

/** Of a run; the process exits with 0, 1 and 2. */
export type RunVerdict = 'conforms' | 'does-not-conform' | 'could-not-judge';

/** One claim, as this run decided it. */
export interface ReportedClaim {
  readonly id: string;
  readonly level: Level;
  readonly page: string;
  readonly reading: string;
  readonly note?: string;
  /** What is looked at, for an open claim. */
  readonly observes?: string;
  /** Ways in which the page can be understood, for an open claim. */
  readonly readings?: readonly string[];
  readonly verdict: CaseVerdict;
  /** Ids of the claim's own cases. */
  readonly cases: readonly string[];
  /** Ids of the cases that show it broken, whichever claim they were made for. */
  readonly brokenBy: readonly string[];
  /** What was seen, for an open claim: case id to observation. */
  readonly observations?: Readonly<Record<string, string>>;
  /** Why it was not decided. */
  readonly reason?: string;
}

/** One exchange, with a command that repeats it. */
export interface ReportedExchange extends Exchange {
  readonly curl: string;
}

/** One case, as this run decided it. */
export interface ReportedCase {
  readonly id: string;
  readonly claim: string;
  readonly title: string;
  readonly verdict: CaseVerdict;
  /** Of the first finding. */
  readonly expected?: string;
  /** Of the first finding. */
  readonly actual?: string;
  readonly findings: readonly Finding[];
  readonly observation?: string;
  /** The same as data: a code and its values. */
  readonly observed?: Observation;
  readonly reason?: string;
  /** Not run because the run ended before it; a case that was not selected does not have this. */
  readonly unreached?: true;
  /** Of a property: how far it was tried. */
  readonly tried?: Tried;
  /** It was answered at a later attempt than the first. */
  readonly retried: boolean;
  /** It made customers that were new with this run: to repeat it, object_reference_id needs another value. */
  readonly newCustomer: boolean;
  readonly exchanges: readonly ReportedExchange[];
  readonly ms: number;
}

/** A known deviation and what became of it. */
export type ReportedWaiver = JudgedWaiver;

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

/** The one document that every view is rendered from. Its schema is report.schema.json. */
export interface Report {
  readonly schemaVersion: 1;
  readonly verdict: RunVerdict;
  /** All cases that the run was to judge were judged. A report of a run that broke off says false. */
  readonly complete: boolean;
  /** The verdict in a sentence. */
  readonly summary: string;
  readonly target: {
    readonly kind: 'mock' | 'live' | 'replay';
    /** Host and port alone; of a recording, those of the recorded server. */
    readonly host: string;
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
  readonly waivers?: readonly ReportedWaiver[];
  readonly claims: readonly ReportedClaim[];
  readonly cases: readonly ReportedCase[];
  /** Of `npm run prove`, where it was run. */
  readonly proof?: Proof;
  /** How the observations compare with the pinned ones, where there are any. */
  readonly watch?: Watch;
}

/** Why a case was not run that the run was not to judge. */
export const NOT_SELECTED = 'not selected for this run';

/** The exit code of a run. */
export const EXIT_CODES: Readonly<Record<RunVerdict, number>> = {
  conforms: 0,
  'does-not-conform': 1,
  'could-not-judge': 2,
};
