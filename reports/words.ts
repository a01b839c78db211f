import type { CaseVerdict } from '../suites/judge/result.ts';
import type { RunVerdict } from './report.ts';

/** What a verdict says about the server, to compare two runs: a waived deviation is a deviation. */
export type State = 'keeps' | 'breaks' | 'open' | 'undecided';

/** How every view shows a verdict, and what it means. */
interface VerdictWord {
  readonly word: string;
  /** A symbol, for readers who do not see colours. */
  readonly mark: string;
  readonly colour: 'green' | 'red' | 'yellow' | 'cyan' | 'gray';
  readonly state: State;
  readonly meaning: string;
}

/** The six verdicts of a claim or a case in the order of listing, most urgent first. */
export const VERDICT_WORDS: Readonly<Record<CaseVerdict, VerdictWord>> = {
  fail: {
    ...{ word: 'fail', mark: '✗', colour: 'red', state: 'breaks' },
    meaning: 'The page states it, and the server did something else in at least one case. The server does not conform.',
  },
  error: {
    ...{ word: 'error', mark: '!', colour: 'yellow', state: 'undecided' },
    meaning: 'It could not be judged: no answer came, or the suite itself failed. It says nothing about the server.',
  },
  waived: {
    ...{ word: 'waived', mark: '~', colour: 'yellow', state: 'breaks' },
    meaning: 'It fails, and a waiver names the case or the claim, with a reason, an owner and the last day it holds.',
  },
  'not-run': {
    ...{ word: 'not run', mark: '·', colour: 'gray', state: 'undecided' },
    meaning: 'The case was not selected, the run ended before it, or the recording does not have it.',
  },
  observed: {
    ...{ word: 'observed', mark: '○', colour: 'cyan', state: 'open' },
    meaning: 'The page leaves it open. What the server did is noted; no server passes or fails by it.',
  },
  pass: {
    ...{ word: 'pass', mark: '✓', colour: 'green', state: 'keeps' },
    meaning: 'The page states it, and the server did it in every case that was decided.',
  },
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

/** What a verdict says about the server. */
export function stateOf({ verdict }: { readonly verdict: CaseVerdict }): State {
  return VERDICT_WORDS[verdict].state;
}
