import { targetInWords } from '../notices.ts';
import { counted } from '../traffic-text.ts';
import { CHANGE_WORDS, CHANGES, type ChangedClaim, type Comparison } from './compare.ts';

/** The outcome of a comparison in a sentence: `Something broke: 2 claims newly failing, 55 the same; 41 of 320 cases changed`. */
export function comparisonSentence({ claims, cases, broke }: Comparison): string {
  const changedCases = cases.filter((one) => one.change !== 'same').length;
  const isChanged = changedCases > 0 || claims.some((one) => one.change !== 'same');
  const numbers = CHANGES.map((change) => [change, claims.filter((one) => one.change === change).length] as const);
  const [first = ['same', 0], ...others] = numbers.filter(([, number]) => number > 0);
  const parts = [
    `${counted(first[1], 'claim', 'claims')} ${CHANGE_WORDS[first[0]]}`,
    ...others.map(([change, number]) => `${number} ${CHANGE_WORDS[change]}`),
  ];
  const word = broke ? 'Something broke' : isChanged ? 'Nothing broke' : 'Nothing changed';
  return `${word}: ${parts.join(', ')}; ${changedCases} of ${counted(cases.length, 'case', 'cases')} changed`;
}

/** One of the two runs, in a few words. */
export function runInWords({ target, contract, started, summary }: Comparison['before']): string {
  return `${targetInWords(target)}, ${started}, contract ${contract.version} (${contract.sha256.slice(0, 12)}): ${summary}`;
}

/** A changed claim in a line: `CLAIM pass → fail, 176 cases`; observations are in the lines of its cases. */
export function claimInWords({ id, before, after, change, cases }: ChangedClaim): string {
  const number = counted(cases.length, 'case', 'cases');
  if (change === 'other-observation') return `${id} in ${number}`;
  return `${id} ${before} → ${after}${cases.length === 0 ? '' : `, ${number}`}`;
}
