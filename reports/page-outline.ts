import { HEADINGS } from '../spec/page-headings.ts';
import type { ReportedClaim } from './report.ts';

/** A heading of the page with the claims that come from it. */
export interface Heading {
  /** First its uppermost level. */
  readonly path: readonly string[];
  readonly claims: readonly ReportedClaim[];
}

/** The claims under the page's headings, in the page's order; headings that we do not know come last. */
export function outline(claims: readonly ReportedClaim[]): Heading[] {
  const known: readonly string[] = HEADINGS;
  const others = [...new Set(claims.map((claim) => claim.page))].filter((page) => !known.includes(page));
  return [...known, ...others].flatMap((page) => {
    const own = claims.filter((claim) => claim.page === page);
    return own.length === 0 ? [] : [{ path: page.split(' › '), claims: own }];
  });
}
