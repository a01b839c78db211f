import { groupBy } from '../spec/group-by.ts';
import { GRAVEST } from '../suites/judge/customer/gravest-claims.ts';
import type { Report, ReportedClaim } from './report.ts';
import type { ReportedCase, ReportedFinding } from './reported-case.ts';
import { stepsUpTo } from './steps.ts';

/** A finding with its case. */
export interface Evidence {
  readonly case: ReportedCase;
  readonly finding: ReportedFinding;
}

/** A broken claim with every finding that shows it, simplest first: fewest calls, then shortest values. */
export interface BrokenClaim {
  readonly claim: Pick<ReportedClaim, 'id' | 'page' | 'reading' | 'note' | 'neighbours'>;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  /** Ids of the cases that show it. */
  readonly cases: readonly string[];
}

/** The reading of a claim that a report does not list. */
export const UNKNOWN_CLAIM = 'A claim that is not in the table.';

/** Number of calls to reproduce it, including concurrent ones. */
function callsOf({ case: one, finding }: Evidence): number {
  return stepsUpTo(one, finding.exchange).flatMap(({ exchanges }) => exchanges).length;
}

/** Length of what a reader has to read. */
function sizeOf({ finding }: Evidence): number {
  return finding.expected.length + finding.actual.length;
}

/** A body with percent-encoded names, or an invisible character, is hard to read. */
function isHardToRead({ case: one, finding }: Evidence): boolean {
  const body = one.exchanges[finding.exchange]?.request.body ?? '';
  return body.startsWith('%') || /[^!-~]/.test(one.tries?.characters ?? '');
}

/** The field that a finding is about, as its call sent it, decoded: `field=value`. */
export function sentField({ case: one, finding }: Evidence, { page }: Pick<ReportedClaim, 'page'>): string | undefined {
  const field = one.tries?.field ?? page.split(' › ').at(-1) ?? '';
  const value = new URLSearchParams(one.exchanges[finding.exchange]?.request.body).get(field);
  return value === null ? undefined : `${field}=${value}`;
}

/**
 * The broken claims of a run, worst first: those that give access to others' data, then those that most cases show, then in
 * the page's order. Without waived ones.
 */
export function worstFirst(report: Report): BrokenClaim[] {
  // A case can have both waived and other findings.
  const waived = new Set(report.claims.filter(({ verdict }) => verdict === 'waived').map(({ id }) => id));
  const all = report.cases
    .filter(({ verdict }) => verdict === 'fail')
    .flatMap((one) => one.findings.map((finding): Evidence => ({ case: one, finding })));
  const byClaim = groupBy(
    all.filter(({ finding }) => !waived.has(finding.claim)),
    ({ finding }) => finding.claim,
  );
  const order = report.claims.map(({ id }) => id);
  const broken = [...byClaim].map(([id, evidence]): BrokenClaim => {
    const claim = report.claims.find((one) => one.id === id) ?? { id, page: '', reading: UNKNOWN_CLAIM };
    const keysOf = (one: Evidence) => [
      callsOf(one),
      sizeOf(one),
      Number(one.case.claim !== id),
      Number(isHardToRead(one)),
      // Prefer a case with one character in an ordinary value.
      Number(one.case.tries === undefined),
      sentField(one, claim)?.length ?? 0,
    ];
    return {
      claim,
      evidence: sortedBy(evidence, keysOf) as [Evidence, ...Evidence[]],
      cases: [...new Set(evidence.map((one) => one.case.id))],
    };
  });
  return sortedBy(broken, ({ claim: { id }, cases }) => [
    GRAVEST.test(id) ? 0 : 1,
    -cases.length,
    order.includes(id) ? order.indexOf(id) : order.length,
  ]);
}

/** Sorted by the first key that differs, the lowest first. */
function sortedBy<T>(list: readonly T[], keysOf: (one: T) => readonly number[]): T[] {
  return list
    .map((one) => ({ one, keys: keysOf(one) }))
    .sort((a, b) => a.keys.map((key, index) => key - (b.keys[index] ?? 0)).find((difference) => difference !== 0) ?? 0)
    .map(({ one }) => one);
}
