import { findingText } from './failure-text.ts';
import type { Report, ReportedCase } from './report.ts';
import { forTerminal } from './terminal.ts';

/**
 * The run as JUnit XML, one suite a claim, for the test views of CI systems. Observations pass; they are in the output.
 * Written by hand: the XML libraries looked at drop line breaks in attributes, and leave `&amp;` or control characters that
 * a server sent as they are, which makes another text or no XML of it.
 */
export function junitXml(report: Report): string {
  const suites = report.claims.map((claim) => {
    const cases = report.cases.filter((one) => one.claim === claim.id);
    const count = (verdict: ReportedCase['verdict']) => cases.filter((one) => one.verdict === verdict).length;
    const seconds = cases.reduce((total, one) => total + one.ms, 0) / 1000;
    return [
      `  <testsuite name="${xmlText(`${claim.id} ${claim.reading}`)}" tests="${cases.length}" failures="${count('fail')}"` +
        ` errors="${count('error')}" skipped="${count('not-run') + count('known')}" time="${seconds.toFixed(3)}"` +
        ` timestamp="${report.started.slice(0, 19)}" hostname="${xmlText(report.target.host)}">`,
      ...cases.map(testcase),
      '  </testsuite>',
    ].join('\n');
  });
  const { total, fail, error } = report.counts;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xmlText(report.summary)}" tests="${total}" failures="${fail}" errors="${error}" time="${(report.ms / 1000).toFixed(3)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function testcase(one: ReportedCase): string {
  const open = `    <testcase classname="${xmlText(one.claim)}" name="${xmlText(`${one.id} ${one.title}`)}" time="${(one.ms / 1000).toFixed(3)}"`;
  const content = contentOf(one);
  return content === '' ? `${open}/>` : `${open}>${content}</testcase>`;
}

function contentOf(one: ReportedCase): string {
  switch (one.verdict) {
    case 'fail': {
      const text = one.findings
        .map((finding) => `${finding.claim} is broken\n${findingText({ case: one, finding })}`)
        .join('\n\n');
      const [first] = one.findings;
      const message = `${first?.claim}: expected ${one.expected}, actual ${one.actual}`;
      return `<failure type="${xmlText(first?.claim ?? '')}" message="${xmlText(message)}">${xmlText(text)}</failure>`;
    }
    case 'error':
      return `<error type="could-not-judge" message="${xmlText(one.reason ?? '')}"/>`;
    case 'not-run':
    case 'known':
      return `<skipped message="${xmlText(one.reason ?? '')}"/>`;
    case 'observed':
      return `<system-out>${xmlText(one.observation ?? '')}</system-out>`;
    case 'pass':
      return '';
  }
}

/** A text for XML 1.0. What it must not contain is escaped first, as everywhere in a report. */
function xmlText(text: string): string {
  return forTerminal(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;');
}
