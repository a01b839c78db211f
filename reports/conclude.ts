import type { CaseVerdict } from '../suites/judge/result.ts';
import type { JudgedWaiver } from '../suites/waivers/waiver.ts';
import type { Counts, Report, ReportedClaim } from './report.ts';
import type { ReportedCase } from './reported-case.ts';
import { counted } from './traffic-text.ts';
import { RUN_WORDS } from './words.ts';

const COUNTED = ['pass', 'fail', 'waived', 'observed', 'error', 'not-run'] as const satisfies readonly CaseVerdict[];

/**
 * The verdict of a run by its claims, cases and waivers. A run in which nothing passed, that ended early, or in which
 * something could not be judged never conforms. A stale waiver fails it.
 */
export function conclude(
  cases: readonly ReportedCase[],
  claims: readonly ReportedClaim[],
  complete: boolean,
  waivers: readonly JudgedWaiver[],
): Pick<Report, 'counts' | 'verdict' | 'summary'> {
  const of = COUNTED.map((verdict) => [verdict, cases.filter((one) => one.verdict === verdict).length]);
  const counts = { ...Object.fromEntries(of), total: cases.length } as Counts;
  const stale = waivers.filter(({ state }) => state !== 'used').length;
  const conforms = complete && counts.error === 0 && counts.pass > 0;
  const verdict = counts.fail > 0 || stale > 0 ? 'does-not-conform' : conforms ? 'conforms' : 'could-not-judge';
  return { counts, verdict, summary: sentence(verdict, counts, claims, complete, stale) };
}

function sentence(
  verdict: Report['verdict'],
  counts: Counts,
  claims: readonly ReportedClaim[],
  complete: boolean,
  stale: number,
): string {
  const must = claims.filter((claim) => claim.level === 'must');
  const decided = must.filter((claim) => claim.verdict !== 'not-run' && claim.verdict !== 'error').length;
  const of = (one: ReportedClaim['verdict']) => claims.filter((claim) => claim.verdict === one).length;
  const what = `${decided === must.length ? '' : 'judged '}${decided === 1 ? 'claim' : 'claims'}`;
  const part = `${decided} ${what}`;
  const inAll = decided === must.length ? '' : ` (${must.length} in all)`;
  const { word } = RUN_WORDS[verdict];
  if (verdict === 'does-not-conform') {
    const fails =
      of('fail') === 0 ? 'no claim fails' : `${of('fail')} of ${part} ${of('fail') === 1 ? 'fails' : 'fail'}${inAll}`;
    return `${word}: ${stale === 0 ? '' : `${counted(stale, 'waiver is', 'waivers are')} stale, and `}${fails}`;
  }
  if (verdict === 'conforms' && of('waived') > 0)
    return `${word} except for ${of('waived')} of ${part}${inAll}, which ${of('waived') === 1 ? 'fails and is' : 'fail and are'} waived`;
  if (verdict === 'conforms')
    return decided === 1 ? `${word}: the one ${what} passes${inAll}` : `${word}: all ${part} pass${inAll}`;
  if (!complete) return `${word}: the run ended early, with ${counts['not-run']} cases not run`;
  if (counts.error > 0) return `${word}: ${counts.error} of ${counts.total} cases could not be judged`;
  return `${word}: no case passed`;
}
