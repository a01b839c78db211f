import { createHash } from 'node:crypto';
import type { Claim } from '../spec/claims.ts';
import type { Case } from '../suites/cases/case.ts';
import { type CaseResult, type CaseVerdict, type Exchange, notRun } from '../suites/judge/result.ts';
import { judgeWaivers, type Waiver, waiverOf, whyStale } from '../suites/waivers/waiver.ts';
import { curlFor } from './curl.ts';
import { findingCode } from './finding-code.ts';
import { noticesOf } from './notices.ts';
import {
  type Counts,
  type Interruption,
  NOT_SELECTED,
  type NotRun,
  type Proof,
  type Report,
  type ReportedCase,
  type ReportedClaim,
  type ReportedExchange,
  type RunIdentity,
  type RunVerdict,
} from './report.ts';
import { triedCharacters } from './tried-characters.ts';
import { RUN_WORDS } from './words.ts';

/** What a report is made from. All texts are masked already. */
export interface RunRecord {
  readonly claims: readonly Claim[];
  readonly contract: Report['contract'];
  /** What is left out is a whole run of every case, with an id made from its target and its start. */
  readonly run?: Partial<RunIdentity>;
  /** Every case there is, in order. */
  readonly cases: readonly Case[];
  readonly results: ReadonlyMap<string, CaseResult>;
  readonly target: Report['target'];
  /** Undefined for a target without an address. */
  readonly baseUrl: string | undefined;
  readonly settings: Report['settings'];
  readonly started: Date;
  readonly ms: number;
  /** The run came to its end by itself. */
  readonly finished: boolean;
  /** Why it did not; default: `unfinished`, or `limit` where the run's bounds kept a case back. */
  readonly interrupted?: Interruption;
  readonly proof?: Proof | undefined;
  /** The waivers for this target; undefined where the run was given none. */
  readonly waivers?: readonly Waiver[];
  /** Hosts that the file of waivers has some for, and that this run does not judge. */
  readonly otherWaivers?: readonly string[];
  /** Ids of the cases that the run was to judge; undefined for all of them. */
  readonly selected?: ReadonlySet<string>;
  /** What ended the run before its cases; then no case has a result. */
  readonly ended?: { readonly verdict: RunVerdict; readonly message: string };
}

/** Makes the report of a run. A case without a result was not selected, or the run broke off before it. */
export function buildReport(run: RunRecord): Report {
  const results = run.cases.map((testCase) => run.results.get(testCase.id) ?? withoutResult(testCase, run));
  const kept = results.some((result) => result.stopped === true);
  const finished = run.finished && !kept;
  const since = firstRequest(results);
  const cases = results.map((result, index) => reportCase(result, run.baseUrl, { testCase: run.cases[index], since }));
  const claims = run.claims.map((claim) => reportClaim(claim, results, run.waivers ?? []));
  const counts = countCases(cases);
  const waivers = judgeWaivers(run.waivers ?? [], results, waivableIds(run));
  const stale = waivers.map(whyStale).filter((why) => why !== undefined);
  const verdict = run.ended?.verdict ?? (stale.length > 0 ? 'does-not-conform' : verdictOf(counts, finished));
  const summary = summarise(verdict, counts, claims, finished);
  const sum = (value: (result: CaseResult) => number) => results.reduce((total, result) => total + value(result), 0);
  const live = results.some((result) => result.created !== undefined);
  const report: Omit<Report, 'notices'> = {
    schemaVersion: 2,
    run: { id: runId(run), profile: 'full', shard: null, ...run.run },
    verdict,
    complete: finished,
    interrupted: finished ? null : interruptionOf(run),
    summary: run.ended?.message ?? [summary, ...stale].join('; '),
    target: { ...run.target, ...(run.baseUrl === undefined ? {} : { baseUrl: run.baseUrl }) },
    contract: run.contract,
    started: run.started.toISOString(),
    ms: Math.round(run.ms),
    settings: run.settings,
    counts,
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

function interruptionOf({ interrupted, ended, finished }: RunRecord): Interruption {
  if (interrupted !== undefined) return interrupted;
  return ended !== undefined ? 'setup' : finished ? 'limit' : 'unfinished';
}

/** When the first request of a run was sent: what the times of all others count from. */
function firstRequest(results: readonly CaseResult[]): number {
  const sent = results.flatMap(({ exchanges }) =>
    exchanges.flatMap(({ sentAt, earlier = [] }) => [...earlier.map((one) => one.sentAt), sentAt ?? Infinity]),
  );
  return sent.reduce((first, one) => Math.min(first, one), Infinity);
}

/** A request that the run's bounds kept back was not sent, and one that the recording lacks was not replayed. */
function wasMade({ failure }: Exchange): boolean {
  return failure?.reason !== 'stopped' && failure?.reason !== 'not-recorded';
}

function withoutResult(testCase: Case, { finished, selected }: RunRecord): CaseResult {
  // Also where the run broke off: what takes it up again is not to run what was never asked for.
  const isNotReached = !finished && selected?.has(testCase.id) !== false;
  return notRun(testCase, isNotReached ? 'the run ended before it' : NOT_SELECTED, isNotReached);
}

/** An open claim cannot be broken, so there is nothing of it to waive. */
function waivableIds({ claims, cases }: RunRecord): { claims: Set<string>; cases: Set<string> } {
  const must = claims.filter((claim) => claim.level === 'must');
  return { claims: new Set(must.map(({ id }) => id)), cases: new Set(cases.map(({ id }) => id)) };
}

/**
 * One result as reports have it, with a command for each exchange.
 * @param about the case itself, and when the run's first request was sent; without them the times are left out
 */
export function reportCase(
  result: CaseResult,
  baseUrl: string | undefined,
  { testCase, since }: { readonly testCase?: Case | undefined; readonly since?: number } = {},
): ReportedCase {
  const { id, claim, title, verdict, findings, observation, observed, reason, exchanges, tried, together } = result;
  const [first] = findings;
  const tries = testCase === undefined ? undefined : triedCharacters(testCase, result);
  return {
    id,
    claim,
    title,
    verdict,
    ...(first === undefined ? {} : { expected: first.expected, actual: first.actual }),
    findings: findings.map((finding) => ({ ...finding, code: findingCode(finding, exchanges) })),
    ...(observation === undefined ? {} : { observation }),
    ...(observed === undefined ? {} : { observed }),
    ...(reason === undefined ? {} : { reason }),
    ...(verdict === 'not-run' ? { notRun: whyNotRun(result) } : {}),
    ...(testCase?.relations === undefined ? {} : { relations: testCase.relations }),
    ...(tries === undefined ? {} : { tries }),
    ...(tried === undefined ? {} : { tried }),
    ...(together === undefined ? {} : { together }),
    retried: exchanges.some((exchange) => exchange.retried.length > 0) || (tried?.retries ?? 0) > 0,
    newCustomer: result.customers.new > 0,
    exchanges: exchanges.map((exchange) => reportExchange(exchange, baseUrl, since)),
    ms: rounded(result.ms),
  };
}

function reportExchange(exchange: Exchange, baseUrl: string | undefined, since: number | undefined): ReportedExchange {
  const { sentAt, earlier, ...rest } = exchange;
  const at = (time: number) => rounded(time - (since ?? time));
  const attempts = earlier?.map(({ sentAt: sent, ...attempt }) => ({
    at: at(sent),
    ...attempt,
    ms: rounded(attempt.ms),
  }));
  return {
    ...rest,
    ...(sentAt === undefined || since === undefined ? {} : { at: at(sentAt) }),
    ...(attempts === undefined || since === undefined ? {} : { earlier: attempts }),
    ms: rounded(exchange.ms),
    curl: curlFor(exchange, baseUrl),
  };
}

/** To a hundredth of a millisecond, and never below zero. */
function rounded(ms: number): number {
  return Math.max(0, Math.round(ms * 100) / 100);
}

function whyNotRun({ stopped, reason, exchanges }: CaseResult): NotRun {
  if (stopped === true) return 'not-reached';
  if (reason === NOT_SELECTED) return 'not-selected';
  return exchanges.some(({ failure }) => failure?.reason === 'not-recorded') ? 'not-recorded' : 'other';
}

function reportClaim(
  { id, level, page, reading, note, observes, readings, neighbours }: Claim,
  results: readonly CaseResult[],
  waivers: readonly Waiver[],
): ReportedClaim {
  const own = results.filter((result) => result.claim === id);
  const brokenBy = results.filter((result) => result.findings.some((finding) => finding.claim === id));
  const isWaived = brokenBy.every((result) =>
    result.findings.every((finding) => finding.claim !== id || waiverOf(result.id, finding, waivers) !== undefined),
  );
  const verdict = brokenBy.length > 0 ? (isWaived ? 'waived' : 'fail') : claimVerdict(level, own);
  const observations = own.flatMap(({ id: caseId, observation }) =>
    observation === undefined ? [] : [[caseId, observation]],
  );
  return {
    id,
    level,
    page,
    reading,
    ...(note === undefined ? {} : { note }),
    ...(observes === undefined ? {} : { observes }),
    ...(readings === undefined ? {} : { readings }),
    ...(neighbours === undefined ? {} : { neighbours }),
    verdict,
    cases: own.map((result) => result.id),
    decided: { cases: own.filter((result) => result.held !== null).length, of: own.length },
    brokenBy: brokenBy.map((result) => result.id),
    ...(level === 'open' ? { observations: Object.fromEntries(observations) as Record<string, string> } : {}),
    ...(verdict === 'error' || verdict === 'not-run' ? { reason: whyUndecided(own) } : {}),
  };
}

/** Of a claim that nothing shows broken. */
function claimVerdict(level: Claim['level'], own: readonly CaseResult[]): CaseVerdict {
  if (level === 'open') {
    // Also where the case ran into another claim: what it was made to observe was seen all the same.
    if (own.some((result) => result.observation !== undefined)) return 'observed';
  } else if (own.some((result) => result.verdict === 'error')) return 'error';
  else if (own.some((result) => result.held === true)) return 'pass';
  return own.some((result) => result.verdict === 'error') ? 'error' : 'not-run';
}

function whyUndecided(own: readonly CaseResult[]): string {
  const error = own.find((result) => result.verdict === 'error')?.reason;
  if (error !== undefined) return error;
  // What was run says more than that something else was not.
  const stopped = own.filter((result) => result.findings.length > 0);
  if (stopped.length > 0) {
    const broken = stopped.flatMap((result) => result.findings.map((finding) => finding.claim));
    const which = stopped.length === own.length ? 'every case of it' : 'what was run of it';
    return `${which} was stopped by ${[...new Set(broken)].join(', ')}`;
  }
  return own.find((result) => result.reason !== undefined)?.reason ?? 'it has no case in this run';
}

/** Cases by verdict. */
export function countCases(cases: readonly ReportedCase[]): Counts {
  const of = (verdict: CaseVerdict) => cases.filter((one) => one.verdict === verdict).length;
  return {
    pass: of('pass'),
    fail: of('fail'),
    waived: of('waived'),
    observed: of('observed'),
    error: of('error'),
    'not-run': of('not-run'),
    total: cases.length,
  };
}

/** A run with nothing passed never conforms; nor does one that broke off, or in which something could not be judged. */
export function verdictOf(counts: Counts, finished: boolean): RunVerdict {
  if (counts.fail > 0) return 'does-not-conform';
  return finished && counts.error === 0 && counts.pass > 0 ? 'conforms' : 'could-not-judge';
}

/** The verdict in a sentence. */
export function summarise(
  verdict: RunVerdict,
  counts: Counts,
  claims: readonly ReportedClaim[],
  finished: boolean,
): string {
  const must = claims.filter((claim) => claim.level === 'must');
  const decided = must.filter((claim) => claim.verdict !== 'not-run' && claim.verdict !== 'error').length;
  const broken = claims.filter((claim) => claim.verdict === 'fail').length;
  const part = `${decided === must.length ? must.length : `${decided} judged`} ${decided === 1 ? 'claim' : 'claims'}`;
  const inAll = decided === must.length ? '' : ` (${must.length} in all)`;
  const { word } = RUN_WORDS[verdict];
  if (verdict === 'does-not-conform') return `${word}: ${broken} of ${part} ${broken === 1 ? 'fails' : 'fail'}${inAll}`;
  const waived = claims.filter((claim) => claim.verdict === 'waived').length;
  if (verdict === 'conforms' && waived > 0)
    return `${word}, but for ${waived} of ${part}${inAll}, which ${waived === 1 ? 'fails and is' : 'fail and are'} waived`;
  if (verdict === 'conforms')
    return decided === 1 ? `${word}: the one ${part.slice(2)} passes${inAll}` : `${word}: all ${part} pass${inAll}`;
  if (!finished) return `${word}: the run ended early, with ${counts['not-run']} cases not run`;
  if (counts.error > 0) return `${word}: ${counts.error} of ${counts.total} cases could not be judged`;
  return `${word}: no case passed`;
}
