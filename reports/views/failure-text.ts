import type { Claim } from '../../spec/claims.ts';
import type { Finding } from '../../suites/judge/result.ts';
import { commandsUpTo } from '../repeat.ts';
import type { ReportedCase } from '../reported-case.ts';
import { withoutBreaks } from '../terminal.ts';
import type { Evidence } from '../worst-first.ts';

/**
 * A failed case as text: each broken claim with its reading, expected, actual, and the commands that reproduce it. Not
 * escaped for a terminal.
 */
export function failureText(
  failed: ReportedCase,
  claims: ReadonlyMap<string, Pick<Claim, 'reading' | 'neighbours'>>,
): string {
  return failed.findings
    .map((finding, index) => {
      const { reading, neighbours } = claims.get(finding.claim) ?? { reading: 'A claim that is not in the table.' };
      // Several flaws of one answer have the same commands, which are shown once, after the last flaw.
      const isShownNext = failed.findings[index + 1]?.exchange === finding.exchange;
      const text = isShownNext ? whatCameBack(finding) : findingText({ case: failed, finding });
      return [`${finding.claim} fails: ${reading}`, ...elsewhere(neighbours), text].join('\n');
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

/** A failed case for a test viewer: the first finding in a line, and all findings with their commands. */
export function failureOf(failed: ReportedCase): { readonly message: string; readonly text: string } {
  const texts = failed.findings.map((finding) => `${finding.claim} fails\n${findingText({ case: failed, finding })}`);
  const message = `${failed.findings[0]?.claim}: expected ${failed.expected}, actual ${failed.actual}`;
  return { message, text: texts.join('\n\n') };
}

function whatCameBack({ expected, actual, pointer }: Finding): string {
  return [
    `  expected  ${pointer === undefined || pointer === '' ? '' : `at ${pointer} `}${withoutBreaks(expected)}`,
    `  actual    ${withoutBreaks(actual)}`,
  ].join('\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
