import type { Claim } from '../spec/claims.ts';
import { commandsUpTo } from './repeat.ts';
import type { ReportedCase } from './report.ts';
import { withoutBreaks } from './terminal.ts';
import type { Evidence } from './worst-first.ts';

/**
 * A failed case for a person: claim and reading, expected, actual, and the commands that repeat it.
 * Every broken claim of the case is told; the text is not yet safe for a terminal.
 */
export function failureText(failed: ReportedCase, claims: ReadonlyMap<string, Pick<Claim, 'reading'>>): string {
  return failed.findings
    .map((finding) => {
      const reading = claims.get(finding.claim)?.reading ?? 'A claim that is not in the table.';
      return [`${finding.claim} is broken: ${reading}`, findingText({ case: failed, finding })].join('\n');
    })
    .join('\n');
}

/** What one finding expected and met, and how to meet it again. */
export function findingText({ case: failed, finding }: Evidence): string {
  const { expected, actual, pointer } = finding;
  return [
    `  expected  ${pointer === undefined || pointer === '' ? '' : `at ${pointer} `}${withoutBreaks(expected)}`,
    `  actual    ${withoutBreaks(actual)}`,
    ...commandsUpTo(failed, finding.exchange).map(({ step, shell }, index) =>
      [`  ${index === 0 ? 'repeat' : 'then  '}    (${step})`, indent(shell)].join('\n'),
    ),
  ].join('\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
