import type { Case } from '../cases/case.ts';
import { type CaseResult, notRun } from '../judge/result.ts';
import type { Run } from '../judge/run.ts';
import { needOf } from './case-need.ts';
import { judge } from './judge-case.ts';

/** Judges a case within the bounds of its target: it waits for its turn, and does not begin what it could not finish. */
export async function judgeLeased(testCase: Case, run: Run): Promise<CaseResult> {
  const lease = await run.target.lease?.(needOf(testCase, run.properties));
  if (lease === undefined) return judge(testCase, run);
  if (lease.kind === 'refused') return notRun(testCase, lease.reason, lease.stopped);
  let created = 0;
  let result: CaseResult;
  try {
    result = await judge(testCase, { ...run, target: lease.target });
  } finally {
    created = lease.end();
  }
  return { ...result, created };
}
