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
  readonly evidence: readonly Evidence[];
  /** Ids of the cases that show it. */
  readonly cases: readonly string[];
}

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
  const byClaim = new Map<string, Evidence[]>();
  for (const one of report.cases) {
    if (one.verdict !== 'fail') continue;
    for (const finding of one.findings) {
      if (waived.has(finding.claim)) continue;
      const evidence = byClaim.get(finding.claim) ?? [];
      evidence.push({ case: one, finding });
      byClaim.set(finding.claim, evidence);
    }
  }
  const order = new Map(report.claims.map((claim, index) => [claim.id, index]));
  const broken = [...byClaim].map(([id, evidence]): BrokenClaim => {
    const claim = report.claims.find((one) => one.id === id);
    const lengthOf = (one: Evidence) => (claim === undefined ? undefined : sentField(one, claim))?.length ?? 0;
    return {
      claim: claim ?? { id, page: '', reading: 'A claim that is not in the table.' },
      evidence: evidence.toSorted(
        (a, b) =>
          callsOf(a) - callsOf(b) ||
          sizeOf(a) - sizeOf(b) ||
          Number(b.case.claim === id) - Number(a.case.claim === id) ||
          Number(isHardToRead(a)) - Number(isHardToRead(b)) ||
          // Prefer a case with one character in an ordinary value.
          Number(b.case.tries !== undefined) - Number(a.case.tries !== undefined) ||
          lengthOf(a) - lengthOf(b),
      ),
      cases: [...new Set(evidence.map((one) => one.case.id))],
    };
  });
  const weight = (one: BrokenClaim) => (GRAVEST.test(one.claim.id) ? 1 : 0);
  return broken.sort(
    (a, b) =>
      weight(b) - weight(a) ||
      b.cases.length - a.cases.length ||
      (order.get(a.claim.id) ?? order.size) - (order.get(b.claim.id) ?? order.size),
  );
}
