import { createHash } from 'node:crypto';
import { findingCode } from './finding-code.ts';
import { noticesOf } from './notices.ts';
import type { Report, ReportedClaim } from './report.ts';
import { NOT_SELECTED } from './report.ts';
import type { NotRun, ReportedCase } from './reported-case.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What is different in a report of version 1. Accepts old and new forms of the names that changed during its time. */
type Version1 = Omit<Report, 'claims' | 'cases' | 'counts' | 'target'> & {
  readonly target: Omit<Report['target'], 'kind'> & { readonly kind: Report['target']['kind'] | 'sandbox' };
  readonly counts: Fields & { readonly known?: number };
  readonly claims: readonly (Omit<ReportedClaim, 'verdict'> & { readonly verdict: string })[];
  readonly cases: readonly (Omit<ReportedCase, 'verdict'> & {
    readonly verdict: string;
    readonly unreached?: true;
  } & Fields)[];
};

/**
 * Converts a report of version 1 to version 2. Version 1 lacks the times of requests and the characters that cases try, so
 * the views omit these parts. Returns anything else unchanged, for validation by the schema.
 */
export function fromVersion1(value: unknown): unknown {
  if ((value as Fields | null)?.['schemaVersion'] !== 1) return value;
  try {
    return converted(value as Version1);
  } catch {
    // It is invalid; the schema says where.
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

function caseFrom({ unreached, expected: _, actual: __, ...one }: Version1['cases'][number]): ReportedCase {
  const verdict = verdictFrom(one.verdict);
  const notRun: NotRun = unreached ? 'not-reached' : one.reason === NOT_SELECTED ? 'not-selected' : 'other';
  const findings = one.findings.map((finding) => ({ ...finding, code: findingCode(finding, one.exchanges) }));
  return { ...one, verdict, findings, ...(verdict === 'not-run' ? { notRun } : {}) };
}

function verdictFrom(verdict: string): ReportedCase['verdict'] {
  return (verdict === 'known' ? 'waived' : verdict) as ReportedCase['verdict'];
}

/** Version 1 did not say which cases were decided: those with a verdict on their own claim. */
function decidedOf({ id }: Pick<ReportedClaim, 'id'>, cases: readonly ReportedCase[]): ReportedClaim['decided'] {
  const own = cases.filter((one) => one.claim === id);
  const decided = own.filter(
    ({ verdict, findings }) =>
      verdict === 'pass' || verdict === 'observed' || findings.some((finding) => finding.claim === id),
  );
  return { cases: decided.length, of: own.length };
}
