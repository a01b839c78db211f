import type { Relation } from '../suites/cases/case.ts';
import type { CaseResult, Exchange, Finding } from '../suites/judge/result.ts';

/** An exchange with a command that repeats it. */
export interface ReportedExchange extends Omit<Exchange, 'sentAt' | 'earlier'> {
  /** When it was sent, in milliseconds since the run's first request. Unknown in a replay. */
  readonly at?: number;
  /** The attempts before the one that counts, with the status of an answer. */
  readonly earlier?: readonly { readonly at: number; readonly ms: number; readonly status?: number }[];
  readonly curl: string;
}

/** A finding with a code that is stable between runs: the claim's id, a slash, and what is wrong. */
export interface ReportedFinding extends Finding {
  readonly code: string;
}

/** The characters that a case tried in a field, and the result. */
export interface TriedCharacters {
  readonly field: string;
  readonly characters: string;
  /** What the claim requires; `open` if the page leaves it open. */
  readonly expect: 'accepted' | 'refused' | 'open';
  /** `changed`: accepted, but another value came back. Missing if it is unknown. */
  readonly seen?: 'accepted' | 'refused' | 'changed';
}

/** Why a case was not run; `other`: only the text says why. */
export type NotRun = 'not-selected' | 'not-reached' | 'not-recorded' | 'other';

/** Members of a result that a report omits or has in another form. */
type OfTheRun = 'held' | 'created' | 'stopped' | 'customers' | 'findings' | 'exchanges';

/** The result of one case. */
export interface ReportedCase extends Omit<CaseResult, OfTheRun> {
  readonly findings: readonly ReportedFinding[];
  /** Why it was not run, as a code; only with the verdict `not-run`. */
  readonly notRun?: NotRun;
  /** What must hold between the answers of its steps, by their index. */
  readonly relations?: readonly Relation[];
  readonly tries?: TriedCharacters;
  /** Whether an answer needed a retry. */
  readonly retried: boolean;
  /** Whether it created customers of its own: to repeat it, they need new references. */
  readonly newCustomer: boolean;
  readonly exchanges: readonly ReportedExchange[];
}
