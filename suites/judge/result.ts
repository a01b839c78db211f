import type { Case, Credentials, Relation } from '../cases/case.ts';
import type { EarlierAttempt, HttpFailure, HttpRequest } from '../targets/target.ts';

/** Of a case. See design: they add up to all the cases there are. */
export type CaseVerdict = 'pass' | 'fail' | 'waived' | 'observed' | 'error' | 'not-run';

/** A claim that the server broke, and what shows it. */
export interface Finding {
  readonly claim: string;
  readonly expected: string;
  readonly actual: string;
  /** JSON pointer into the answer's body, where one place in it is wrong. */
  readonly pointer?: string;
  /** Index into the case's exchanges. */
  readonly exchange: number;
  /** What did not hold between several answers, where no answer is wrong by itself. */
  readonly relation?: Pick<Relation, 'kind' | 'steps'>;
}

/** A finding before it is known which exchange it is about. */
export type Flaw = Omit<Finding, 'exchange'>;

/** One request and what came back. Text that a server sent is kept as it came: whoever shows it escapes it. */
export interface Exchange {
  readonly step: string;
  readonly request: HttpRequest;
  /** How the key sent differs from the right one; the header itself is never kept. */
  readonly credentials: Credentials;
  readonly credentialsInWords: string;
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** As text, bad UTF-8 marked with U+FFFD; capped at 16,384 characters. */
    readonly body: string;
  };
  readonly failure?: Pick<HttpFailure, 'reason' | 'message'>;
  /** Index of the case's step that the call belongs to; calls of one step were made at the same time. */
  readonly stepIndex?: number;
  readonly retried: readonly string[];
  /** The attempts before the one that counts; not there where there were none. */
  readonly earlier?: readonly EarlierAttempt[];
  /** When it was sent, on the clock of the process that sent it: milliseconds, only comparable within one run. */
  readonly sentAt?: number;
  readonly ms: number;
}

/** What was seen of an open claim: which of the things a server may do, and the values of it. */
export interface Observation {
  readonly code: string;
  /** JSON values by name; which ones depends on the code alone. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** How far a property was tried. */
export interface Tried {
  readonly seed: number;
  /** Executions asked for. */
  readonly runs: number;
  /** The execution that failed, counted from 1. */
  readonly failedAt?: number;
  /** Calls that were made and whose exchanges are not kept: those of the executions that held, and of the shrinking. */
  readonly requests: number;
  /** Attempts among them that were repeated. */
  readonly retries: number;
}

/** What became of one case. */
export interface CaseResult {
  readonly id: string;
  readonly claim: string;
  readonly title: string;
  readonly verdict: CaseVerdict;
  /** The case's own claim was decided: true, it held; false, it was broken; null, something else stopped the case. */
  readonly held: boolean | null;
  readonly findings: readonly Finding[];
  /** What was seen, for an open claim, as a sentence; nobody reads it back. */
  readonly observation?: string;
  /** The same as data. */
  readonly observed?: Observation;
  /** Why it could not be judged or was not run. */
  readonly reason?: string;
  /** Of a property, its counterexample where it has one. */
  readonly exchanges: readonly Exchange[];
  /** Of a property: how far it was tried, and what repeats it. */
  readonly tried?: Tried;
  /** References that this case made a server create or find. */
  readonly customers: { readonly kept: number; readonly new: number };
  /** Customers that a live server may have created for this case, by what its answers say; in doubt it has. */
  readonly created?: number;
  /** Not run because the run ended before it: by a limit, or because the target went away. */
  readonly stopped?: boolean;
  /** Calls that belong together, where the target allowed fewer of them to be under way at the same time. */
  readonly together?: { readonly asked: number; readonly atOnce: number };
  readonly ms: number;
}

/** The result of a case that was not run. */
export function notRun({ id, claim, title }: Case, reason: string, stopped: boolean): CaseResult {
  return {
    id,
    claim,
    title,
    verdict: 'not-run',
    held: null,
    findings: [],
    reason,
    exchanges: [],
    customers: { kept: 0, new: 0 },
    ...(stopped ? { stopped } : {}),
    ms: 0,
  };
}
