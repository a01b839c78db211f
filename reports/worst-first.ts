import { GRAVEST } from '../suites/judge/customer/gravest-claims.ts';
import type { Report, ReportedClaim } from './report.ts';
import type { ReportedCase, ReportedFinding } from './reported-case.ts';
import { stepsUpTo } from './steps.ts';

/** A finding with the case that made it. */
export interface Evidence {
  readonly case: ReportedCase;
  readonly finding: ReportedFinding;
}

/** A broken claim, and every finding that shows it, the smallest first: the fewest calls, then the shortest values. */
export interface BrokenClaim {
  readonly claim: Pick<ReportedClaim, 'id' | 'page' | 'reading' | 'note' | 'neighbours'>;
  readonly evidence: readonly Evidence[];
  /** Ids of the cases that show it. */
  readonly cases: readonly string[];
}

/** Calls that have to be made until it is seen, those that go with its own at the same time among them. */
function callsOf({ case: one, finding }: Evidence): number {
  return stepsUpTo(one, finding.exchange).flatMap(({ exchanges }) => exchanges).length;
}

/** How much there is to read until a finding is seen. */
function sizeOf({ finding }: Evidence): number {
  return finding.expected.length + finding.actual.length;
}

/** A body that is percent-coded to the names, or a character that cannot be seen, shows the same and is hard to read. */
function isHardToRead({ case: one, finding }: Evidence): boolean {
  const body = one.exchanges[finding.exchange]?.request.body ?? '';
  return body.startsWith('%') || /[^!-~]/.test(one.tries?.characters ?? '');
}

/** What the call that shows a finding sent in the one field that it is about, decoded: `field=value`. */
export function sentField({ case: one, finding }: Evidence, { page }: Pick<ReportedClaim, 'page'>): string | undefined {
  const field = one.tries?.field ?? page.split(' › ').at(-1) ?? '';
  const value = new URLSearchParams(one.exchanges[finding.exchange]?.request.body).get(field);
  return value === null ? undefined : `${field}=${value}`;
}

/**
 * The broken claims of a run, worst first: those that give somebody access to what is another's, then those that most cases
 * ran into, then in the page's order. What a waiver excuses is not among them.
 */
export function worstFirst(report: Report): BrokenClaim[] {
  // A case may fail by another claim beside one that is waived.
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
          // A case of one character in an ordinary value says most.
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
