import type { CTRFReport, Test, TestStatus } from 'ctrf';
import type { CaseVerdict } from '../suites/judge/result.ts';
import { findingText } from './failure-text.ts';
import type { Report, ReportedCase } from './report.ts';

/** A known deviation and an observation are no failure, and no plain pass either. */
const STATUS: Readonly<Record<CaseVerdict, TestStatus>> = {
  pass: 'passed',
  fail: 'failed',
  known: 'other',
  observed: 'other',
  error: 'failed',
  'not-run': 'skipped',
};

/** The run in the Common Test Report Format, for tools that read it. Typed and checked by that format's own package. */
export function ctrfReport(report: Report): CTRFReport {
  const start = Date.parse(report.started);
  const tests = report.cases.map(toTest);
  const count = (status: TestStatus) => tests.filter((test) => test.status === status).length;
  return {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: report.started,
    generatedBy: 'juspay-customer-conformance',
    results: {
      tool: { name: 'juspay-customer-conformance', version: report.contract.version },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: count('pending'),
        other: count('other'),
        flaky: tests.filter((test) => test.flaky).length,
        start,
        stop: start + Math.round(report.ms),
        duration: Math.round(report.ms),
      },
      tests,
      environment: {
        testEnvironment: report.target.kind,
        extra: { host: report.target.host, contractSha256: report.contract.sha256 },
      },
      extra: { verdict: report.verdict, complete: report.complete, summary: report.summary },
    },
  };
}

function toTest(one: ReportedCase): Test {
  const findings = one.findings.map((finding) => `${finding.claim} is broken\n${findingText({ case: one, finding })}`);
  const message =
    one.verdict === 'fail'
      ? `${one.findings[0]?.claim}: expected ${one.expected}, actual ${one.actual}`
      : (one.reason ?? one.observation);
  return {
    testId: one.id,
    name: `${one.id} ${one.title}`,
    status: STATUS[one.verdict],
    rawStatus: one.verdict,
    duration: Math.round(one.ms),
    suite: [one.claim],
    // Answered at a later attempt than the first.
    ...(one.retried ? { flaky: true } : {}),
    ...(message === undefined ? {} : { message }),
    ...(findings.length === 0 ? {} : { trace: findings.join('\n\n') }),
  };
}
