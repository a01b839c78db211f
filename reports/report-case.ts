import type { Case } from '../suites/cases/case.ts';
import type { CaseResult, Exchange } from '../suites/judge/result.ts';
import { curlFor } from './curl.ts';
import { findingCode } from './finding-code.ts';
import type { NotRun, ReportedCase, ReportedExchange } from './reported-case.ts';
import { triedCharacters } from './tried-characters.ts';

interface Context {
  readonly testCase?: Case | undefined;
  readonly since?: number;
  readonly isSelected?: boolean;
}

/**
 * One result as reports have it, with a command for each exchange.
 * @param context the case itself, when the run's first request was sent (without it the times are left out), and whether the
 * run was to judge the case
 */
export function reportCase(
  result: CaseResult,
  baseUrl: string | undefined,
  { testCase, since, isSelected = true }: Context = {},
): ReportedCase {
  const { held: _, created: __, stopped: ___, customers, findings, exchanges, ...rest } = result;
  const tries = testCase === undefined ? undefined : triedCharacters(testCase, result);
  return {
    ...rest,
    findings: findings.map((finding) => ({ ...finding, code: findingCode(finding, exchanges) })),
    ...(rest.verdict === 'not-run' ? { notRun: whyNotRun(result, isSelected) } : {}),
    ...(testCase?.relations === undefined ? {} : { relations: testCase.relations }),
    ...(tries === undefined ? {} : { tries }),
    retried: exchanges.some((exchange) => exchange.retried.length > 0) || (rest.tried?.retries ?? 0) > 0,
    newCustomer: customers.new > 0,
    exchanges: exchanges.map((exchange) => reportExchange(exchange, baseUrl, since)),
    ms: rounded(rest.ms),
  };
}

function reportExchange(exchange: Exchange, baseUrl: string | undefined, since: number | undefined): ReportedExchange {
  const { sentAt, earlier, ...rest } = exchange;
  const at = (time: number) => rounded(time - (since ?? time));
  const attempts = earlier?.map(({ sentAt: sent, ...attempt }) => ({
    at: at(sent),
    ...attempt,
    ms: rounded(attempt.ms),
  }));
  return {
    ...rest,
    ...(sentAt === undefined || since === undefined ? {} : { at: at(sentAt) }),
    ...(attempts === undefined || since === undefined ? {} : { earlier: attempts }),
    ms: rounded(exchange.ms),
    curl: curlFor(exchange, baseUrl),
  };
}

/** Rounded to a hundredth of a millisecond, and at least 0. */
function rounded(ms: number): number {
  return Math.max(0, Math.round(ms * 100) / 100);
}

function whyNotRun({ stopped, exchanges }: CaseResult, isSelected: boolean): NotRun {
  if (stopped === true) return 'not-reached';
  if (!isSelected) return 'not-selected';
  return exchanges.some(({ failure }) => failure?.reason === 'not-recorded') ? 'not-recorded' : 'other';
}
