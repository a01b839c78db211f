import type { Claim } from '../spec/claims.ts';
import type { ReportedCase } from './report.ts';

/**
 * A failed case for a person: claim and reading, expected, actual, and the command that repeats it.
 * Every broken claim of the case is told; the text is not yet safe for a terminal.
 */
export function failureText(failed: ReportedCase, claims: ReadonlyMap<string, Pick<Claim, 'reading'>>): string {
  const blocks = failed.findings.map(({ claim, expected, actual, pointer, exchange }) => {
    const shown = failed.exchanges[exchange];
    return [
      `${claim} is broken: ${claims.get(claim)?.reading ?? 'a claim that is not in the table'}`,
      `  expected  ${pointer === undefined || pointer === '' ? '' : `at ${pointer} `}${expected}`,
      `  actual    ${actual}`,
      ...(shown === undefined ? [] : [`  repeat    (${shown.step})`, indent(shown.curl)]),
    ].join('\n');
  });
  return blocks.join('\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
