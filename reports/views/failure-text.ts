import type { Claim } from '../../spec/claims.ts';
import type { Finding } from '../../suites/judge/result.ts';
import { commandsUpTo } from '../repeat.ts';
import type { ReportedCase } from '../reported-case.ts';
import { withoutBreaks } from '../terminal.ts';
import { searchAgain, triedText, WITH_SAME_SETTINGS } from '../tried-text.ts';
import type { Evidence } from '../worst-first.ts';

/**
 * A failed case for a person: claim and reading, expected, actual, and the commands that repeat it.
 * Every broken claim of the case is in it; the text is not yet safe for a terminal.
 */
export function failureText(
  failed: ReportedCase,
  claims: ReadonlyMap<string, Pick<Claim, 'reading' | 'neighbours'>>,
): string {
  return failed.findings
    .map((finding, index) => {
      const { reading, neighbours } = claims.get(finding.claim) ?? { reading: 'A claim that is not in the table.' };
      // Several flaws of one answer are reproduced by the same commands, which stand once, after the last of them.
      const isShownNext = failed.findings[index + 1]?.exchange === finding.exchange;
      const text = isShownNext ? whatCameBack(finding) : findingText({ case: failed, finding });
      return [`${finding.claim} fails: ${reading}`, ...elsewhere(neighbours), text].join('\n');
    })
    .join('\n');
}

/** What neighbours of the page say of a claim, a line each. */
export function elsewhere(neighbours: Claim['neighbours'] = []): string[] {
  return neighbours.map(({ what, where }) => `  elsewhere ${what} (${where})`);
}

/** What one finding expected and got, and how to reproduce it. */
export function findingText({ case: failed, finding }: Evidence): string {
  return [
    whatCameBack(finding),
    ...commandsUpTo(failed, finding.exchange).map(({ step, shell }, index) =>
      [`  ${index === 0 ? 'reproduce' : 'then     '} (${withoutBreaks(step)})`, indent(shell)].join('\n'),
    ),
    ...findAgain(failed),
  ].join('\n');
}

function whatCameBack({ expected, actual, pointer }: Finding): string {
  return [
    `  expected  ${pointer === undefined || pointer === '' ? '' : `at ${pointer} `}${withoutBreaks(expected)}`,
    `  actual    ${withoutBreaks(actual)}`,
  ].join('\n');
}

/** What finds a property's counterexample again, under new references. */
function findAgain(failed: ReportedCase): string[] {
  if (failed.tried === undefined) return [];
  return [`  ${triedText(failed)}; ${WITH_SAME_SETTINGS}:`, indent(searchAgain(failed.id, failed.tried))];
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
