import type { Claim } from '../spec/claims.ts';
import type { Tried } from '../suites/judge/result.ts';
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
      ...(shown === undefined
        ? []
        : failed.tried === undefined
          ? [`  repeat    (${shown.step})`, indent(shown.curl)]
          : [`  at        call ${exchange + 1}, ${shown.step}`]),
    ].join('\n');
  });
  return [...blocks, ...(failed.tried === undefined ? [] : [counterexampleText(failed, failed.tried)])].join('\n');
}

/** Every call of a property's counterexample, in order, and what finds it again under new references. */
function counterexampleText({ id, exchanges }: ReportedCase, { seed, runs, failedAt }: Tried): string {
  return [
    `  found at execution ${failedAt ?? '?'} of ${runs}, and made as small as could be:`,
    ...exchanges.flatMap(({ step, curl, response }, index) => [
      `    # ${index + 1}. ${step}: ${response === undefined ? 'no answer' : `status ${response.status}`}`,
      indent(curl),
    ]),
    `  again     JUSPAY_SEED=${seed} JUSPAY_RUNS=${runs} npm run conformance -- -t ${id}`,
  ].join('\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
