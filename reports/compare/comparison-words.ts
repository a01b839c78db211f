import { targetInWords } from '../notices.ts';
import { counted } from '../traffic-text.ts';
import type { Change, Changed, ChangedClaim, Comparison } from './compare.ts';
import { CHANGES } from './compare.ts';

/** What a change is called. */
export const CHANGE_WORDS: Readonly<Record<Change, string>> = {
  'newly-broken': 'newly failing',
  'no-longer-judged': 'no longer judged',
  'other-observation': 'another observation',
  gone: 'gone',
  repaired: 'repaired',
  'judged-again': 'judged again',
  new: 'new',
  same: 'same',
};

/** The outcome of a comparison in a sentence. */
export function comparisonSentence({ claims, cases, broke }: Comparison): string {
  const tally = (all: readonly Changed[]) => {
    const parts = CHANGES.flatMap((change) => {
      const number = all.filter((one) => one.change === change).length;
      return number === 0 ? [] : [`${number} ${CHANGE_WORDS[change]}`];
    });
    return parts.join(', ');
  };
  const changed = [...claims, ...cases].some((one) => one.change !== 'same');
  const word = broke ? 'Something broke' : changed ? 'Nothing broke' : 'Nothing changed';
  return `${word}: claims ${tally(claims)}; cases ${tally(cases)}`;
}

/** One of the two runs, in a few words. */
export function runInWords({ target, contract, started, summary }: Comparison['before']): string {
  return `${targetInWords(target)}, ${started}, contract ${contract.version} (${contract.sha256.slice(0, 12)}): ${summary}`;
}

/** A claim that changed, in a line: `CLAIM pass → fail, 176 cases`. */
export function claimInWords({ id, before, after, change, cases }: ChangedClaim): string {
  const what = change === 'other-observation' ? CHANGE_WORDS[change] : `${before} → ${after}`;
  return `${id} ${what}${cases.length === 0 ? '' : `, ${counted(cases.length, 'case', 'cases')}`}`;
}
