import type { Claim } from '../../spec/claims.ts';
import type { Finding } from '../../suites/judge/result.ts';
import { commandsUpTo } from '../repeat.ts';
import type { ReportedCase } from '../reported-case.ts';
import { withoutBreaks } from '../terminal.ts';
import { type Evidence, UNKNOWN_CLAIM } from '../worst-first.ts';

/**
 * A failed case as text: each broken claim with its reading, expected, actual, and the commands that reproduce it. Not
 * escaped for a terminal.
 */
export function failureText(
  failed: ReportedCase,
  claims: readonly Pick<Claim, 'id' | 'reading' | 'neighbours'>[],
): string {
  return failed.findings
    .map((finding, index) => {
      const claim = claims.find(({ id }) => id === finding.claim);
      const reading = claim?.reading ?? UNKNOWN_CLAIM;
      // Several flaws of one answer have the same commands, which are shown once, after the last flaw.
      const isShownNext = failed.findings[index + 1]?.exchange === finding.exchange;
      const text = isShownNext ? whatCameBack(finding) : findingText({ case: failed, finding });
      return [`${finding.claim} fails: ${reading}`, ...elsewhere(claim?.neighbours), text].join('\n');
    })
    .join('\n');
}

/** What other sources say about a claim, one line each. */
export function elsewhere(neighbours: Claim['neighbours'] = []): string[] {
  return neighbours.map(({ what, where }) => `  elsewhere ${what} (${where})`);
}

/** What one finding expected and got, and how to reproduce it. */
export function findingText({ case: failed, finding }: Evidence): string {
  return [
    whatCameBack(finding),
    ...commandsUpTo(failed, finding.exchange).map(({ name, step, shell }) =>
      [`  ${name.toLowerCase().padEnd(9)} (${withoutBreaks(step)})`, indent(shell)].join('\n'),
    ),
  ].join('\n');
}

/** The first finding of a failed case, in a line. */
export function failureInLine({ findings: [first] }: ReportedCase): string {
  return `${first?.claim}: expected ${first?.expected}, actual ${first?.actual}`;
}

function whatCameBack({ expected, actual, pointer }: Finding): string {
  return [
    `  expected  ${pointer === undefined || pointer === '' ? '' : `at ${pointer} `}${withoutBreaks(expected)}`,
    `  actual    ${withoutBreaks(actual)}`,
  ].join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}
