import { createHash } from 'node:crypto';
import type { Claim } from '../spec/claims.ts';
import type { Case } from '../suites/cases/case.ts';
import { type CaseResult, type Exchange, notRun } from '../suites/judge/result.ts';
import { judgeWaivers, type Waiver } from '../suites/waivers/waiver.ts';
import { conclude } from './conclude.ts';
import { noticesOf } from './notices.ts';
import {
  type Interruption,
  NOT_REACHED,
  NOT_SELECTED,
  type Proof,
  type Report,
  type RunIdentity,
  type RunVerdict,
} from './report.ts';
import { reportCase } from './report-case.ts';
import { reportClaim } from './report-claim.ts';

/** The input of a report. All texts are masked already. */
export interface RunRecord {
  readonly claims: readonly Claim[];
  readonly contract: Report['contract'];
  /** Default: a whole run of every case, with an id made from its target and its start. */
  readonly run?: Partial<RunIdentity>;
  /** All cases, in order. */
  readonly cases: readonly Case[];
  readonly results: ReadonlyMap<string, CaseResult>;
  readonly target: Report['target'];
  /** Undefined for a target without a URL. */
  readonly baseUrl: string | undefined;
  readonly settings: Report['settings'];
  readonly started: Date;
  readonly ms: number;
  /** The run was not cut short. */
  readonly finished: boolean;
  /** Why it was; default: `unfinished`, or `limit` if the run's limits kept a case from running. */
  readonly interrupted?: Interruption;
  readonly proof?: Proof | undefined;
  /** The waivers for this target; undefined if the run has no file of waivers. */
  readonly waivers?: readonly Waiver[];
  /** Other hosts that the file has waivers for. */
  readonly otherWaivers?: readonly string[];
  /** Ids of the selected cases; undefined for all. */
  readonly selected?: ReadonlySet<string>;
  /** Why the run ended before its first case; then no case has a result. */
  readonly ended?: { readonly verdict: RunVerdict; readonly message: string };
}

/** Builds the report of a run. A case without a result was not selected, or the run ended before it. */
export function buildReport(run: RunRecord): Report {
  const results = run.cases.map((testCase) => run.results.get(testCase.id) ?? withoutResult(testCase, run));
  const keptBack = [...run.results.values()].find((result) => result.stopped === true);
  const finished = run.finished && keptBack === undefined;
  const since = firstRequest(results);
  const cases = results.map((result, index) =>
    reportCase(result, run.baseUrl, { testCase: run.cases[index], since, isSelected: isSelected(result.id, run) }),
  );
  const claims = run.claims.map((claim) => reportClaim(claim, results, run.waivers ?? []));
  const waivers = judgeWaivers(run.waivers ?? [], results, waivableIds(run));
  const outcome = conclude(cases, claims, finished, waivers);
  const sum = (value: (result: CaseResult) => number) => results.reduce((total, result) => total + value(result), 0);
  const live = results.some((result) => result.created !== undefined);
  const report: Omit<Report, 'notices'> = {
    schemaVersion: 2,
    run: { id: runId(run), profile: 'full', shard: null, ...run.run },
    ...outcome,
    ...(run.ended === undefined ? {} : { verdict: run.ended.verdict, summary: run.ended.message }),
    complete: finished,
    ...interruptionOf(run, finished, keptBack?.reason),
    target: { ...run.target, ...(run.baseUrl === undefined ? {} : { baseUrl: run.baseUrl }) },
    contract: run.contract,
    started: run.started.toISOString(),
    ms: Math.round(run.ms),
    settings: run.settings,
    requests: sum(({ exchanges, tried }) => exchanges.filter(wasMade).length + (tried?.requests ?? 0)),
    retries: sum(({ exchanges, tried }) =>
      exchanges.reduce((total, exchange) => total + exchange.retried.length, tried?.retries ?? 0),
    ),
    customers: {
      kept: sum((result) => result.customers.kept),
      new: sum((result) => result.customers.new),
      ...(live ? { created: sum((result) => result.created ?? 0) } : {}),
    },
    ...(run.waivers === undefined ? {} : { waivers }),
    ...(run.otherWaivers === undefined || run.otherWaivers.length === 0 ? {} : { otherWaivers: run.otherWaivers }),
    claims,
    cases,
    ...(run.proof === undefined ? {} : { proof: run.proof }),
  };
  return { ...report, notices: noticesOf(report) };
}

function runId({ started, target }: RunRecord): string {
  return createHash('sha256').update(`${started.toISOString()} ${target.host}`).digest('hex').slice(0, 12);
}

function interruptionOf(run: RunRecord, finished: boolean, limit?: string): Pick<Report, 'interrupted' | 'limit'> {
  if (finished) return { interrupted: null };
  const interrupted =
    run.interrupted ?? (run.ended !== undefined ? 'setup' : run.finished ? 'limit' : ('unfinished' as const));
  return { interrupted, ...(interrupted === 'limit' && limit !== undefined ? { limit } : {}) };
}

/** When the first request of the run was sent; the times of all others are relative to it. */
function firstRequest(results: readonly CaseResult[]): number {
  const sent = results.flatMap(({ exchanges }) =>
    exchanges.flatMap(({ sentAt, earlier = [] }) => [...earlier.map((one) => one.sentAt), sentAt ?? Infinity]),
  );
  return sent.reduce((first, one) => Math.min(first, one), Infinity);
}

/** Requests that a limit stopped were not sent, and those that the recording lacks were not replayed. */
function wasMade({ failure }: Exchange): boolean {
  return failure?.reason !== 'stopped' && failure?.reason !== 'not-recorded';
}

/** Also if the run ended early: continuing it must not run cases that were never selected. */
function isSelected(id: string, { results, finished, selected }: RunRecord): boolean {
  return results.has(id) || (!finished && selected?.has(id) !== false);
}

function withoutResult(testCase: Case, run: RunRecord): CaseResult {
  const isNotReached = isSelected(testCase.id, run);
  return notRun(testCase, isNotReached ? NOT_REACHED : NOT_SELECTED, isNotReached);
}

/** An open claim cannot be broken, so it cannot be waived. */
function waivableIds({ claims, cases }: RunRecord): { claims: Set<string>; cases: Set<string> } {
  const must = claims.filter((claim) => claim.level === 'must');
  return { claims: new Set(must.map(({ id }) => id)), cases: new Set(cases.map(({ id }) => id)) };
}
