import type { CaseVerdict } from '../suites/judge/result.ts';

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
