import { randomBytes } from 'node:crypto';
import { whatWasJudged } from '../notices.ts';
import type { Report } from '../report.ts';
import { cut, forTerminal, withoutBreaks } from '../terminal.ts';
import { worstFirst } from '../worst-first.ts';

/** GitHub shows at most ten errors and ten warnings of a step. */
const SHOWN = 10;
const LONGEST = 1_000;

/** Workflow commands that show errors on GitHub's page of a run: one for each broken claim, worst first. */
export function annotations(report: Report): string {
  const broken = worstFirst(report).slice(0, SHOWN);
  const errors = broken.map(({ claim, evidence: [first], cases }) => {
    const seen = `expected ${first.finding.expected}, actual ${first.finding.actual}`;
    const by = `seen by ${first.case.id}${cases.length > 1 ? ` and ${cases.length - 1} more` : ''}`;
    return command(
      'error',
      `${claim.id} fails`,
      `${claim.reading}\n${withoutBreaks(seen)}\n${by}\n${whatWasJudged(report)}`,
    );
  });
  const notices = report.notices.slice(0, SHOWN);
  const warnings = notices.map(({ text, fails }) => command(fails ? 'error' : 'warning', 'Conformance', text));
  return [...errors, ...warnings].map((line) => `${line}\n`).join('');
}

/** A text for the log of a workflow, in which nothing that a server sent can act as a workflow command. */
export function withoutCommands(text: string, token: string = randomBytes(16).toString('hex')): string {
  return `::stop-commands::${token}\n${text}::${token}::\n`;
}

function command(kind: 'error' | 'warning', title: string, message: string): string {
  const shown = forTerminal(cut(message, LONGEST));
  return `::${kind} title=${asData(title).replaceAll(':', '%3A').replaceAll(',', '%2C')}::${asData(shown)}`;
}

/** Escapes the data of a workflow command like GitHub's own toolkit. */
function asData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
