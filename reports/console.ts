import { styleText } from 'node:util';
import type { CaseVerdict } from '../suites/judge/result.ts';
import { failureText } from './failure-text.ts';
import type { Report, ReportedClaim } from './report.ts';
import { forTerminal } from './terminal.ts';
import { watchLines } from './watch.ts';

/** How many failed cases are told in full; the rest is in the report. */
const FULLY_TOLD = 10;

const MARKS: Readonly<Record<CaseVerdict, { word: string; style: 'green' | 'red' | 'yellow' | 'cyan' | 'gray' }>> = {
  pass: { word: 'pass', style: 'green' },
  fail: { word: 'FAIL', style: 'red' },
  known: { word: 'known', style: 'yellow' },
  observed: { word: 'seen', style: 'cyan' },
  error: { word: 'ERROR', style: 'yellow' },
  'not-run': { word: 'not run', style: 'gray' },
};

/** What a run prints: claim by claim, then what is wrong, then the verdict. @param colour whether the reader sees colours */
export function consoleText(report: Report, colour: boolean): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const claims = new Map(report.claims.map((claim) => [claim.id, claim]));
  const lines = [headline(report), ''];
  for (const claim of report.claims) lines.push(...claimLines(claim, report, paint));
  const failed = report.cases.filter((one) => one.verdict === 'fail');
  const shown = firstOfEachClaim(failed);
  if (failed.length > 0)
    lines.push('', paint('bold', `What is wrong (${failed.length} of ${report.counts.total} cases)`));
  for (const one of shown) {
    lines.push('', paint('red', `${one.id}  ${one.title}`), forTerminal(failureText(one, claims)));
  }
  if (failed.length > shown.length)
    lines.push('', `${failed.length - shown.length} more failed cases are in the report.`);
  const errors = report.cases.filter((one) => one.verdict === 'error');
  if (errors.length > 0) lines.push('', paint('bold', `What could not be judged (${errors.length} cases)`));
  for (const one of errors.slice(0, FULLY_TOLD)) lines.push(`  ${one.id}  ${forTerminal(one.reason ?? '')}`);
  lines.push(...watchLines(report), '', closing(report), paint(VERDICT_STYLES[report.verdict], report.summary));
  return `${lines.join('\n')}\n`;
}

const VERDICT_STYLES = { conforms: 'green', 'does-not-conform': 'red', 'could-not-judge': 'yellow' } as const;

function headline({ target, contract }: Report): string {
  const title = `Get or Create Customer, contract ${contract.version} (${contract.sha256.slice(0, 12)})`;
  if (target.kind === 'mock') return `${title}, judging the built-in mock (this says nothing of the service itself)`;
  if (target.recording === undefined) return `${title}, judging the server at ${target.host}`;
  const { recorded, contractSha256, contractChanged } = target.recording;
  const replay = `${title}, replaying what the server at ${forTerminal(target.host)} answered on ${recorded.slice(0, 10)}`;
  if (!contractChanged) return replay;
  return `${replay}\nThe contract has changed since then (it was ${forTerminal(contractSha256.slice(0, 12))}): record again.`;
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

function claimLines(claim: ReportedClaim, report: Report, paint: Paint): string[] {
  const { word, style } = MARKS[claim.verdict];
  const cases = claim.cases.length === 1 ? '1 case' : `${claim.cases.length} cases`;
  const lines = [`${paint(style, word.padEnd(7))} ${claim.id.padEnd(6)} ${claim.reading} (${cases})`];
  if (claim.reason !== undefined) lines.push(`               ${forTerminal(claim.reason)}`);
  for (const [id, observation] of Object.entries(claim.observations ?? {})) {
    const title = report.cases.find((one) => one.id === id)?.title ?? id;
    lines.push(`               ${title}: ${forTerminal(observation)}`);
  }
  return lines;
}

/** One case for each broken claim first: ten ways to see one fault say less than one way to see ten. */
function firstOfEachClaim(failed: Report['cases']): Report['cases'] {
  const told = new Set<string>();
  const first = failed.filter((one) => {
    const fresh = one.findings.some((finding) => !told.has(finding.claim));
    for (const finding of one.findings) told.add(finding.claim);
    return fresh;
  });
  return first.slice(0, FULLY_TOLD);
}

function closing({ target, counts, requests, retries, customers, ms }: Report): string {
  const cases = Object.entries(counts)
    .filter(([name, number]) => name !== 'total' && number > 0)
    .map(([name, number]) => `${number} ${name}`)
    .join(', ');
  const seconds = (ms / 1000).toFixed(1);
  if (target.kind === 'replay')
    return `${counts.total} cases: ${cases}; ${requests} exchanges replayed in ${seconds} s, none sent`;
  return (
    `${counts.total} cases: ${cases}; ${requests} requests (${retries} retries) in ${seconds} s; ` +
    `${customers.new} new customers, ${customers.kept} that every run meets again`
  );
}
