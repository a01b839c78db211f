import { createHash } from 'node:crypto';
import { findingCode } from './finding-code.ts';
import { noticesOf } from './notices.ts';
import type { Report, ReportedClaim } from './report.ts';
import { NOT_SELECTED } from './report.ts';
import type { NotRun, ReportedCase } from './reported-case.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What differs in a report of version 1; the names that changed while it was in use are read in both forms. */
type Version1 = Omit<Report, 'claims' | 'cases' | 'counts' | 'target'> & {
  readonly target: Omit<Report['target'], 'kind'> & { readonly kind: Report['target']['kind'] | 'sandbox' };
  readonly counts: Fields & { readonly known?: number };
  readonly claims: readonly (Omit<ReportedClaim, 'verdict'> & { readonly verdict: string })[];
  readonly cases: readonly (Omit<ReportedCase, 'verdict'> & { readonly verdict: string; readonly unreached?: true })[];
};

/**
 * A report of version 1 as one of version 2. What version 1 did not say is left out (when a request was sent, which characters
 * a case tries), so that the views which need it leave out their part. Anything else is handed back as it is, for the schema
 * to judge.
 */
export function fromVersion1(value: unknown): unknown {
  if ((value as Fields | null)?.['schemaVersion'] !== 1) return value;
  try {
    return converted(value as Version1);
  } catch {
    // Something in it is not what it should be: the schema says where.
    return value;
  }
}

function converted(value: Version1): Report {
  const { counts, target, cases, claims, ...rest } = value;
  const { known, ...others } = counts;
  const id = createHash('sha256').update(`${rest.started} ${target.host}`).digest('hex').slice(0, 12);
  const newCases = cases.map(caseFrom);
  const report = {
    ...rest,
    schemaVersion: 2,
    run: { id, profile: 'full', shard: null },
    interrupted: rest.complete ? null : 'unfinished',
    target: { ...target, kind: target.kind === 'sandbox' ? 'live' : target.kind },
    counts: known === undefined ? others : { ...others, waived: known },
    claims: claims.map((claim) => ({
      ...claim,
      verdict: verdictFrom(claim.verdict),
      decided: decidedOf(claim, newCases),
    })),
    cases: newCases,
  } as unknown as Omit<Report, 'notices'>;
  return { ...report, notices: noticesOf(report) };
}

function caseFrom({ unreached, ...one }: Version1['cases'][number]): ReportedCase {
  const verdict = verdictFrom(one.verdict);
  const notRun: NotRun = unreached ? 'not-reached' : one.reason === NOT_SELECTED ? 'not-selected' : 'other';
  const findings = one.findings.map((finding) => ({ ...finding, code: findingCode(finding, one.exchanges) }));
  return { ...one, verdict, findings, ...(verdict === 'not-run' ? { notRun } : {}) };
}

function verdictFrom(verdict: string): ReportedCase['verdict'] {
  return (verdict === 'known' ? 'waived' : verdict) as ReportedCase['verdict'];
}

/** Version 1 did not say which cases were decided: those that ended with a verdict on their own claim were. */
function decidedOf({ id }: Pick<ReportedClaim, 'id'>, cases: readonly ReportedCase[]): ReportedClaim['decided'] {
  const own = cases.filter((one) => one.claim === id);
  const decided = own.filter(
    ({ verdict, findings }) =>
      verdict === 'pass' || verdict === 'observed' || findings.some((finding) => finding.claim === id),
  );
  return { cases: decided.length, of: own.length };
}
