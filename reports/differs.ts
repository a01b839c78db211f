import type { CaseVerdict } from '../suites/judge/result.ts';
import type { ReportedCase } from './reported-case.ts';

/** What a verdict says of the server, for comparing two of them: a waived deviation is a deviation. */
export type State = 'keeps' | 'breaks' | 'open' | 'undecided';

const STATES: Readonly<Record<CaseVerdict, State>> = {
  pass: 'keeps',
  fail: 'breaks',
  waived: 'breaks',
  observed: 'open',
  error: 'undecided',
  'not-run': 'undecided',
};

/** What a verdict says of the server. */
export function stateOf({ verdict }: { readonly verdict: CaseVerdict }): State {
  return STATES[verdict];
}

/** Whether two deviations of one case are the same one: by their codes, since ids and times differ from run to run. */
export function isSameDeviation(one: Pick<ReportedCase, 'findings'>, other: Pick<ReportedCase, 'findings'>): boolean {
  const codes = ({ findings }: Pick<ReportedCase, 'findings'>) =>
    [...new Set(findings.map(({ code }) => code))].sort().join();
  return codes(one) === codes(other);
}
