import type { CaseVerdict } from '../suites/judge/result.ts';
import type { RunVerdict } from './report.ts';

/** How every view shows a verdict. */
export interface VerdictWord {
  readonly word: string;
  /** A symbol, for readers who do not see colours. */
  readonly mark: string;
  readonly colour: 'green' | 'red' | 'yellow' | 'cyan' | 'gray';
}

/** The six verdicts of a claim or a case in the order of listing, most urgent first. */
export const VERDICT_WORDS: Readonly<Record<CaseVerdict, VerdictWord>> = {
  fail: { word: 'fail', mark: '✗', colour: 'red' },
  error: { word: 'error', mark: '!', colour: 'yellow' },
  waived: { word: 'waived', mark: '~', colour: 'yellow' },
  'not-run': { word: 'not run', mark: '·', colour: 'gray' },
  observed: { word: 'observed', mark: '○', colour: 'cyan' },
  pass: { word: 'pass', mark: '✓', colour: 'green' },
};

/** The meaning of each verdict. */
export const VERDICT_MEANINGS: Readonly<Record<CaseVerdict, string>> = {
  fail: 'The page states it, and the server did something else in at least one case. The server does not conform.',
  error: 'It could not be judged: no answer came, or the suite itself failed. It says nothing about the server.',
  waived: 'It fails, and a waiver names the case or the claim, with a reason, an owner and the last day it holds.',
  'not-run': 'The case was not selected, the run ended before it, or the recording does not have it.',
  observed: 'The page leaves it open. What the server did is noted; no server passes or fails by it.',
  pass: 'The page states it, and the server did it in every case that was decided.',
};

/** The six verdicts in this order. */
export const VERDICTS = Object.keys(VERDICT_WORDS) as readonly CaseVerdict[];

/** The verdict of a run at the start of a sentence. */
export const RUN_WORDS: Readonly<
  Record<RunVerdict, { readonly word: string; readonly colour: VerdictWord['colour'] }>
> = {
  conforms: { word: 'conforms', colour: 'green' },
  'does-not-conform': { word: 'does not conform', colour: 'red' },
  'could-not-judge': { word: 'could not judge', colour: 'yellow' },
};

/** The number of each verdict: `4 fail, 2 error, 300 pass`. */
export function tally(verdicts: readonly CaseVerdict[]): string {
  return VERDICTS.flatMap((verdict) => {
    const number = verdicts.filter((one) => one === verdict).length;
    return number === 0 ? [] : [`${number} ${VERDICT_WORDS[verdict].word}`];
  }).join(', ');
}

/** What a verdict says about the server, to compare two runs: a waived deviation is a deviation. */
export type State = 'keeps' | 'breaks' | 'open' | 'undecided';

const STATES: Readonly<Record<CaseVerdict, State>> = {
  pass: 'keeps',
  fail: 'breaks',
  waived: 'breaks',
  observed: 'open',
  error: 'undecided',
  'not-run': 'undecided',
};

/** What a verdict says about the server. */
export function stateOf({ verdict }: { readonly verdict: CaseVerdict }): State {
  return STATES[verdict];
}
