import type { CaseResult, Finding } from '../judge/result.ts';

/** A deviation of one target that is accepted until a day. */
export interface Waiver {
  /** A claim's id covers every finding that blames it; a case's id covers every finding of that case. */
  readonly id: string;
  /** For a claim: covers only the findings of these cases, so that a new deviation from the claim is reported. */
  readonly cases?: readonly string[];
  readonly reason: string;
  /** Who is responsible: a name, a team, a link to the ticket. */
  readonly owner: string;
  /** The last day on which it applies, like 2026-03-31. */
  readonly expires: string;
  /** Whole days until then; 0 on the day itself, negative after it. */
  readonly daysLeft: number;
}

/** State of a waiver after a run: every state but `used` fails the run. */
export type WaiverState = 'used' | 'expired' | 'unmatched' | 'passed';

/** A waiver in a report. */
export interface JudgedWaiver extends Waiver {
  readonly state: WaiverState;
  /** The named cases that no longer break the claim. */
  readonly passing?: readonly string[];
}

/** The waiver that covers a finding. An expired waiver covers nothing. */
export function waiverOf(caseId: string, finding: Finding, waivers: readonly Waiver[]): Waiver | undefined {
  return waivers.find(
    ({ id, cases, daysLeft }) =>
      daysLeft >= 0 && (id === caseId || (id === finding.claim && (cases === undefined || cases.includes(caseId)))),
  );
}

/**
 * Changes `fail` to `waived` if waivers cover every finding. Never changes another verdict: a case that could not be judged
 * may hide a deviation that nobody has accepted.
 */
export function waive(result: CaseResult, waivers: readonly Waiver[]): CaseResult {
  if (result.verdict !== 'fail') return result;
  const found = result.findings.map((finding) => waiverOf(result.id, finding, waivers));
  const used = [...new Set(found)].filter((waiver) => waiver !== undefined);
  if (found.length === 0 || found.includes(undefined)) return result;
  const reasons = used.map(({ id, reason, owner, expires }) => `${id}: ${reason} (${owner}, until ${expires})`);
  return { ...result, verdict: 'waived', reason: `waived by ${reasons.join('; ')}` };
}

/** Ids of the existing claims and cases. */
export interface Known {
  /** Ids of the claims that can be broken. */
  readonly claims: ReadonlySet<string>;
  readonly cases: ReadonlySet<string>;
}

/**
 * The state of each waiver. An unused waiver is left out if some of its cases were not selected or could not be judged: they
 * might need it.
 */
export function judgeWaivers(waivers: readonly Waiver[], results: readonly CaseResult[], known: Known): JudgedWaiver[] {
  return waivers.flatMap((waiver) => {
    const { id, cases = [] } = waiver;
    const passing = cases.filter((one) => results.some((result) => result.id === one && isDecidedWithout(id, result)));
    const state = stateOf(waiver, passing, results, known);
    return state === undefined ? [] : [{ ...waiver, state, ...(passing.length === 0 ? {} : { passing }) }];
  });
}

/** Whether a case was judged and does not break the claim. */
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

/** The message why a waiver fails a run; undefined if it is used. */
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

/** Maximum number of cases in the message; the report's list of waivers has them all. */
const NAMED = 3;

function listed(ids: readonly string[]): string {
  const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
  return `${ids.slice(0, NAMED).join(', ')}${more}`;
}
