import type { CaseResult, Finding } from '../judge/result.ts';

/** A deviation of one target that is accepted, and until when it may be. */
export interface Waiver {
  /** Of a claim: every finding that blames it. Of a case: every finding of that case. */
  readonly id: string;
  /** For a claim: the only cases whose findings are covered, so that a new deviation of the claim is seen. */
  readonly cases?: readonly string[];
  readonly reason: string;
  /** Who looks after it: a name, a team, a link to the ticket. */
  readonly owner: string;
  /** The last day on which it holds, as 2026-03-31. */
  readonly expires: string;
  /** Whole days until then; 0 on the day itself, negative after it. */
  readonly daysLeft: number;
}

/** What became of a waiver in a run: only a used one is in order. */
export type WaiverState = 'used' | 'expired' | 'unmatched' | 'passed';

/** A waiver as reports have it. */
export interface JudgedWaiver extends Waiver {
  readonly state: WaiverState;
  /** Of those that the waiver names, the cases that do not break the claim any more. */
  readonly passing?: readonly string[];
}

/** The waiver in force that covers a finding. One that has expired covers nothing. */
export function waiverOf(caseId: string, finding: Finding, waivers: readonly Waiver[]): Waiver | undefined {
  return waivers.find(
    ({ id, cases, daysLeft }) =>
      daysLeft >= 0 && (id === caseId || (id === finding.claim && (cases === undefined || cases.includes(caseId)))),
  );
}

/**
 * Makes a failure waived where waivers cover every finding of it; one finding that nobody waived, and it stays a failure.
 * Nothing else is ever changed: what could not be judged is not known.
 */
export function waive(result: CaseResult, waivers: readonly Waiver[]): CaseResult {
  if (result.verdict !== 'fail') return result;
  const found = result.findings.map((finding) => waiverOf(result.id, finding, waivers));
  const used = [...new Set(found)].filter((waiver) => waiver !== undefined);
  if (found.length === 0 || found.includes(undefined)) return result;
  const reasons = used.map(({ id, reason, owner, expires }) => `${id}: ${reason} (${owner}, until ${expires})`);
  return { ...result, verdict: 'waived', reason: `waived by ${reasons.join('; ')}` };
}

/** The claims and cases that there are, by id. */
export interface Known {
  /** Ids of the claims that can be broken. */
  readonly claims: ReadonlySet<string>;
  readonly cases: ReadonlySet<string>;
}

/**
 * What became of each waiver. One whose cases were not all judged in this run, because only a part was selected or some
 * could not be judged, is left out unless it was used: nothing is known of it.
 */
export function judgeWaivers(waivers: readonly Waiver[], results: readonly CaseResult[], known: Known): JudgedWaiver[] {
  return waivers.flatMap((waiver) => {
    const { id, cases = [] } = waiver;
    const passing = cases.filter((one) => results.some((result) => result.id === one && isDecidedWithout(id, result)));
    const state = stateOf(waiver, passing, results, known);
    return state === undefined ? [] : [{ ...waiver, state, ...(passing.length === 0 ? {} : { passing }) }];
  });
}

/** Whether a case was judged, and does not show that the claim is broken. */
function isDecidedWithout(claim: string, { verdict, findings }: CaseResult): boolean {
  return verdict !== 'error' && verdict !== 'not-run' && !findings.some((finding) => finding.claim === claim);
}

function stateOf(
  { id, cases = [], daysLeft }: Waiver,
  passing: readonly string[],
  results: readonly CaseResult[],
  known: Known,
): WaiverState | undefined {
  if (!known.claims.has(id) && !known.cases.has(id)) return 'unmatched';
  if (cases.some((one) => !known.cases.has(one))) return 'unmatched';
  if (daysLeft < 0) return 'expired';
  if (passing.length > 0) return 'passed';
  const matches = results.some(
    (result) => result.findings.length > 0 && (result.id === id || result.findings.some(({ claim }) => claim === id)),
  );
  if (matches) return 'used';
  const own = results.filter((result) => result.id === id || result.claim === id);
  const undecided = own.some(({ verdict }) => verdict === 'error' || verdict === 'not-run');
  return own.length === 0 || undecided ? undefined : 'passed';
}

/** Why a waiver fails a run, for a person; undefined for one that is in order. */
export function whyStale({ id, expires, state, passing }: JudgedWaiver): string | undefined {
  switch (state) {
    case 'used':
      return undefined;
    case 'expired':
      return `the waiver of ${id} expired on ${expires}`;
    case 'unmatched':
      return `the waiver of ${id} matches no claim or case`;
    case 'passed':
      return passing === undefined
        ? `the waiver of ${id} is not needed: it passes`
        : `the waiver of ${id} names cases that pass: ${listed(passing)}`;
  }
}

/** How many cases of a waiver are named; the report's list of waivers has them all. */
const NAMED = 3;

function listed(ids: readonly string[]): string {
  const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
  return `${ids.slice(0, NAMED).join(', ')}${more}`;
}
