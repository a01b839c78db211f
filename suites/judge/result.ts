import type { Case, Relation } from '../cases/case.ts';
import type { Credentials } from '../cases/credentials.ts';
import type { EarlierAttempt, HttpFailure, HttpRequest } from '../targets/target.ts';

/** Of a case; all cases have exactly one. */
export type CaseVerdict = 'pass' | 'fail' | 'waived' | 'observed' | 'error' | 'not-run';

/** A broken claim with evidence. */
export interface Finding {
  readonly claim: string;
  readonly expected: string;
  readonly actual: string;
  /** JSON pointer into the answer's body, if a single place is wrong. */
  readonly pointer?: string;
  /** Index into the case's exchanges. */
  readonly exchange: number;
  /** The violated relation between several answers, if no single one is wrong. */
  readonly relation?: Pick<Relation, 'kind' | 'steps'>;
}

/** A finding without its exchange. */
export type Flaw = Omit<Finding, 'exchange'>;

/** A request and its outcome. The server's text is unchanged, and must be escaped for output. */
export interface Exchange {
  readonly step: string;
  readonly request: HttpRequest;
  /** How the key differs from the right one; the header itself is never kept. */
  readonly credentials: Credentials;
  readonly credentialsInWords: string;
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** As text, with U+FFFD for invalid UTF-8; at most 16,384 characters. */
    readonly body: string;
  };
  readonly failure?: Pick<HttpFailure, 'reason' | 'message'>;
  /** Index of the call's step; the calls of a step are concurrent. */
  readonly stepIndex?: number;
  readonly retried: readonly string[];
  /** Attempts before the one that counts; missing if there were none. */
  readonly earlier?: readonly EarlierAttempt[];
  /** When it was sent, in milliseconds on the sender's clock; only comparable within a run. */
  readonly sentAt?: number;
  readonly ms: number;
}

/** What was observed for an open claim, with its values. */
export interface Observation {
  readonly code: string;
  /** JSON values by name; the names depend only on the code. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** How often a property was tried. */
export interface Tried {
  readonly seed: number;
  /** Planned executions. */
  readonly runs: number;
  /** The failed execution, from 1. */
  readonly failedAt?: number;
  /** Calls whose exchanges are not kept: of successful executions and of shrinking. */
  readonly requests: number;
  /** Retries among them. */
  readonly retries: number;
}

/** The result of a case. */
export interface CaseResult {
  readonly id: string;
  readonly claim: string;
  readonly title: string;
  readonly verdict: CaseVerdict;
  /** Whether the case's own claim held; null if it was not decided. */
  readonly held: boolean | null;
  readonly findings: readonly Finding[];
  /** The observation of an open claim as a sentence; never parsed. */
  readonly observation?: string;
  /** The same as data. */
  readonly observed?: Observation;
  /** Why it could not be judged or was not run. */
  readonly reason?: string;
  /** Label of the step whose call could not be judged. */
  readonly step?: string;
  /** For a property, those of its counterexample. */
  readonly exchanges: readonly Exchange[];
  /** For a property: how often it was tried, and how to repeat it. */
  readonly tried?: Tried;
  /** References of customers that this case made a server create or find. */
  readonly customers: { readonly kept: number; readonly new: number };
  /** Customers that a live server may have created for this case, by its answers; in doubt they count. */
  readonly created?: number;
  /** The run ended before this case: because of a limit, or because the target stopped answering. */
  readonly stopped?: boolean;
  /** Concurrent calls, if the target allowed fewer of them at the same time. */
  readonly together?: { readonly asked: number; readonly atOnce: number };
  readonly ms: number;
}

/** Why a case could not be judged or was not run, with the call that it was. */
export function reasonInWords({ reason = 'no reason known', step }: Pick<CaseResult, 'reason' | 'step'>): string {
  return step === undefined ? reason : `${step}: ${reason}`;
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
