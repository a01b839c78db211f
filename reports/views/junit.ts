import { reasonInWords } from '../../suites/judge/result.ts';
import { whatWasJudged } from '../notices.ts';
import { triedText } from '../repeat.ts';
import type { Report } from '../report.ts';
import type { ReportedCase } from '../reported-case.ts';
import { type RunProblem, runProblems } from '../run-problems.ts';
import { forTerminal } from '../terminal.ts';
import { failureInLine, failureText } from './failure-text.ts';

/**
 * The run as JUnit XML for the test views of CI systems, with one suite for each claim. Observations pass, and are in the
 * output. Written by hand, because the XML libraries that we tried drop line breaks in attributes and do not escape `&amp;`
 * or control characters that a server sent.
 */
export function junitXml(report: Report): string {
  const problems = runProblems(report);
  const suites = report.claims.map((claim) => {
    const cases = report.cases.filter((one) => one.claim === claim.id);
    const count = (verdict: ReportedCase['verdict']) => cases.filter((one) => one.verdict === verdict).length;
    const seconds = cases.reduce((total, one) => total + one.ms, 0) / 1000;
    const counts = { tests: cases.length, failures: count('fail'), errors: count('error') };
    const skipped = count('not-run') + count('waived');
    return suite(
      report,
      `${claim.id} ${claim.reading}`,
      { ...counts, skipped, seconds },
      cases.map((one) => testcase(one, report)),
    );
  });
  const of = (kind: RunProblem['kind']) => problems.filter((one) => one.kind === kind).length;
  if (problems.length > 0) {
    const counts = { tests: problems.length, failures: of('failure'), errors: of('error'), skipped: 0, seconds: 0 };
    suites.push(suite(report, 'The run as a whole', counts, problems.map(problemCase)));
  }
  const { total, fail, error } = report.counts;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xmlText(`${report.summary}. ${whatWasJudged(report)}`)}" tests="${total + problems.length}" failures="${fail + of('failure')}"` +
      ` errors="${error + of('error')}" time="${(report.ms / 1000).toFixed(3)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

interface Tally {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly seconds: number;
}

function suite({ started, target }: Report, name: string, counts: Tally, testcases: readonly string[]): string {
  const { seconds, ...numbers } = counts;
  const tally = Object.entries(numbers).map(([what, number]) => `${what}="${number}"`);
  return [
    `  <testsuite name="${xmlText(name)}" ${tally.join(' ')} time="${seconds.toFixed(3)}"` +
      ` timestamp="${started.slice(0, 19)}" hostname="${xmlText(target.host)}">`,
    ...testcases,
    '  </testsuite>',
  ].join('\n');
}

function problemCase({ id, kind, message }: RunProblem): string {
  const content = `<${kind} type="run" message="${xmlText(message)}"/>`;
  return `    <testcase classname="run" name="${xmlText(id)}" time="0.000">${content}</testcase>`;
}

function testcase(one: ReportedCase, report: Report): string {
  const open = `    <testcase classname="${xmlText(one.claim)}" name="${xmlText(`${one.id} ${one.title}`)}" time="${(one.ms / 1000).toFixed(3)}"`;
  const content = contentOf(one, report);
  return content === '' ? `${open}/>` : `${open}>${content}</testcase>`;
}

function contentOf(one: ReportedCase, { claims }: Report): string {
  switch (one.verdict) {
    case 'fail': {
      const [type, message, text] = [one.findings[0]?.claim ?? '', failureInLine(one), failureText(one, claims)].map(
        xmlText,
      );
      return `<failure type="${type}" message="${message}">${text}</failure>`;
    }
    case 'error':
      return `<error type="could-not-judge" message="${xmlText(reasonInWords(one))}"/>`;
    case 'not-run':
    case 'waived':
      return `<skipped message="${xmlText(one.reason ?? '')}"/>`;
    case 'observed':
      return `<system-out>${xmlText(one.observation ?? '')}</system-out>`;
    case 'pass': {
      const tried = triedText(one);
      return tried === undefined ? '' : `<system-out>${xmlText(tried)}</system-out>`;
    }
  }
}

/** A text for XML 1.0. Forbidden characters are escaped first, as everywhere in a report. */
function xmlText(text: string): string {
  return forTerminal(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;');
}
