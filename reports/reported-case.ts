import type { Relation } from '../suites/cases/case.ts';
import type { CaseResult, Exchange, Finding } from '../suites/judge/result.ts';

/** One exchange, with a command that repeats it. */
export interface ReportedExchange extends Omit<Exchange, 'sentAt' | 'earlier'> {
  /** When it was sent: milliseconds since the first request of the run. Not known of a replay. */
  readonly at?: number;
  /** The attempts before the one that counts, with the answer's status where there was one. */
  readonly earlier?: readonly { readonly at: number; readonly ms: number; readonly status?: number }[];
  readonly curl: string;
}

/** A finding with a code that stays the same from run to run: the claim's id, a slash, and the kind of what was seen. */
export interface ReportedFinding extends Finding {
  readonly code: string;
}

/** Characters that a case tried in a field, and what became of them. */
export interface TriedCharacters {
  readonly field: string;
  readonly characters: string;
  /** What the claim asks for; `open` where the page leaves it open. */
  readonly expect: 'accepted' | 'refused' | 'open';
  /** `changed`: accepted, and another value came back. Not there where it could not be seen. */
  readonly seen?: 'accepted' | 'refused' | 'changed';
}

/** Why a case was not run: `other` has its reason in words alone. */
export type NotRun = 'not-selected' | 'not-reached' | 'not-recorded' | 'other';

/** What a result has for the run alone, or in another form. */
type OfTheRun = 'held' | 'created' | 'stopped' | 'customers' | 'findings' | 'exchanges';

/** One case, as this run decided it. */
export interface ReportedCase extends Omit<CaseResult, OfTheRun> {
  /** Of the first finding. */
  readonly expected?: string;
  /** Of the first finding. */
  readonly actual?: string;
  readonly findings: readonly ReportedFinding[];
  /** Why it was not run, as a code; with the verdict `not-run` alone. */
  readonly notRun?: NotRun;
  /** What has to hold between the answers of its steps, by their index. */
  readonly relations?: readonly Relation[];
  readonly tries?: TriedCharacters;
  /** It was answered at a later attempt than the first. */
  readonly retried: boolean;
  /** It made customers that were new with this run: to repeat it, their names need another value. */
  readonly newCustomer: boolean;
  readonly exchanges: readonly ReportedExchange[];
}
