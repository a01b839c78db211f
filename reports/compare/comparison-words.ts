import { targetInWords } from '../notices.ts';
import { counted } from '../traffic-text.ts';
import { CHANGE_WORDS, CHANGES, type ChangedClaim, type Comparison } from './compare.ts';

/** The outcome of a comparison in a sentence: `Something broke: 2 claims newly failing, 55 the same; 41 of 320 cases changed`. */
export function comparisonSentence({ claims, cases, broke }: Comparison): string {
  const changedCases = cases.filter((one) => one.change !== 'same').length;
  const isChanged = changedCases > 0 || claims.some((one) => one.change !== 'same');
  const parts = CHANGES.flatMap((change) => {
    const number = claims.filter((one) => one.change === change).length;
    return number === 0 ? [] : [`${number} ${CHANGE_WORDS[change]}`];
  });
  // The noun stands with the first number.
  const [first = '0 the same', ...others] = parts;
  const inClaims = [first.replace(/^(\d+)/, (number) => counted(Number(number), 'claim', 'claims')), ...others].join(
    ', ',
  );
  const word = broke ? 'Something broke' : isChanged ? 'Nothing broke' : 'Nothing changed';
  return `${word}: ${inClaims}; ${changedCases} of ${counted(cases.length, 'case', 'cases')} changed`;
}

/** One of the two runs, in a few words. */
export function runInWords({ target, contract, started, summary }: Comparison['before']): string {
  return `${targetInWords(target)}, ${started}, contract ${contract.version} (${contract.sha256.slice(0, 12)}): ${summary}`;
}

/** A claim that changed, in a line: `CLAIM pass → fail, 176 cases`; what was observed is in the lines of its cases. */
export function claimInWords({ id, before, after, change, cases }: ChangedClaim): string {
  const number = counted(cases.length, 'case', 'cases');
  if (change === 'other-observation') return `${id} in ${number}`;
  return `${id} ${before} → ${after}${cases.length === 0 ? '' : `, ${number}`}`;
}
