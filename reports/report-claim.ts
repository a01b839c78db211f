import type { Claim } from '../spec/claims.ts';
import { type CaseResult, type CaseVerdict, reasonInWords } from '../suites/judge/result.ts';
import { type Waiver, waiverOf } from '../suites/waivers/waiver.ts';
import type { ReportedClaim } from './report.ts';

/** The result of a claim: by its own cases, and by any case that shows it broken. */
export function reportClaim(claim: Claim, results: readonly CaseResult[], waivers: readonly Waiver[]): ReportedClaim {
  const { id, level } = claim;
  const own = results.filter((result) => result.claim === id);
  const brokenBy = results.filter((result) => result.findings.some((finding) => finding.claim === id));
  const isWaived = brokenBy.every((result) =>
    result.findings.every((finding) => finding.claim !== id || waiverOf(result.id, finding, waivers) !== undefined),
  );
  const verdict = brokenBy.length > 0 ? (isWaived ? 'waived' : 'fail') : claimVerdict(level, own);
  const observations = own.flatMap((one) => (one.observation === undefined ? [] : [[one.id, one.observation]]));
  return {
    ...claim,
    verdict,
    cases: own.map((result) => result.id),
    decided: { cases: own.filter((result) => result.held !== null).length, of: own.length },
    brokenBy: brokenBy.map((result) => result.id),
    ...(level === 'open' ? { observations: Object.fromEntries(observations) as Record<string, string> } : {}),
    ...(verdict === 'error' || verdict === 'not-run' ? { reason: whyUndecided(own) } : {}),
  };
}

/** The verdict of a claim that no case shows broken. */
function claimVerdict(level: Claim['level'], own: readonly CaseResult[]): CaseVerdict {
  if (level === 'open') {
    // Also if the case failed because of another claim: its observation was made nevertheless.
    if (own.some((result) => result.observation !== undefined)) return 'observed';
  } else if (own.some((result) => result.verdict === 'error')) return 'error';
  else if (own.some((result) => result.held === true)) return 'pass';
  return own.some((result) => result.verdict === 'error') ? 'error' : 'not-run';
}

function whyUndecided(own: readonly CaseResult[]): string {
  const error = own.find((result) => result.verdict === 'error');
  if (error !== undefined) return reasonInWords(error);
  // The cases that were run say more than those that were not.
  const stopped = own.filter((result) => result.findings.length > 0);
  if (stopped.length > 0) {
    const broken = stopped.flatMap((result) => result.findings.map((finding) => finding.claim));
    const which = stopped.length === own.length ? 'every case of it' : 'what was run of it';
    return `${which} was stopped by ${[...new Set(broken)].join(', ')}`;
  }
  return own.find((result) => result.reason !== undefined)?.reason ?? 'it has no case in this run';
}
