import { type CaseVerdict, reasonInWords } from '../../suites/judge/result.ts';
import { whatWasJudged } from '../notices.ts';
import { triedText } from '../repeat.ts';
import type { Report } from '../report.ts';
import type { ReportedCase } from '../reported-case.ts';
import { type RunProblem, runProblems } from '../run-problems.ts';
import { failureInLine, failureText } from './failure-text.ts';

type TestStatus = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

/** A waived deviation and an observation are neither a failure nor a plain pass. */
const STATUS: Readonly<Record<CaseVerdict, TestStatus>> = {
  pass: 'passed',
  fail: 'failed',
  waived: 'other',
  observed: 'other',
  error: 'failed',
  'not-run': 'skipped',
};

/** The run in the Common Test Report Format. */
export function ctrfReport(report: Report): object {
  const start = Date.parse(report.started);
  const tests = [...report.cases.map((one) => testOf(one, report)), ...runProblems(report).map(problemTest)];
  const { target, contract, customers, watch } = report;
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
        testEnvironment: target.kind,
        extra: {
          host: target.host,
          contractSha256: contract.sha256,
          ...(target.recording === undefined ? {} : { recording: target.recording }),
        },
      },
      extra: {
        verdict: report.verdict,
        complete: report.complete,
        summary: report.summary,
        judged: whatWasJudged(report),
        notices: report.notices.map(({ text }) => text),
        ...(customers.created === undefined ? {} : { customersCreated: customers.created }),
        ...(watch === undefined ? {} : { watch }),
      },
    },
  };
}

function testOf(one: ReportedCase, { claims }: Report) {
  const said = one.reason === undefined ? (one.observation ?? triedText(one)) : reasonInWords(one);
  const message = one.verdict === 'fail' ? failureInLine(one) : said;
  return {
    testId: one.id,
    name: `${one.id} ${one.title}`,
    status: STATUS[one.verdict],
    rawStatus: one.verdict,
    duration: Math.round(one.ms),
    suite: [one.claim],
    // An answer needed a retry.
    flaky: one.retried,
    ...(message === undefined ? {} : { message }),
    ...(one.findings.length === 0 ? {} : { trace: failureText(one, claims) }),
    ...(one.tried === undefined ? {} : { extra: { tried: one.tried } }),
  };
}

function problemTest({ id, kind, message }: RunProblem) {
  const same = { testId: id, name: id, rawStatus: kind, message };
  return { ...same, status: 'failed' as const, duration: 0, suite: ['run'], flaky: false };
}
