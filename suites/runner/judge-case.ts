import { messageOf } from '../../spec/setup-error.ts';
import type { Case } from '../cases/case.ts';
import { Judgement } from '../judge/judgement.ts';
import { type CaseResult, notRun } from '../judge/result.ts';
import type { Run } from '../judge/run.ts';
import { needOf } from './case-need.ts';

/**
 * Sends a case to a target and judges the answers.
 * Never throws because of a server; a defect of ours gives only this case the verdict `error`.
 */
export async function judge(testCase: Case, run: Run): Promise<CaseResult> {
  if (testCase.property !== undefined) {
    // Loaded only if needed: loading the generators takes longer than judging the cases.
    const { judgeProperty } = await import('../judge/customer/properties/judge-property.ts');
    return judgeProperty(testCase, testCase.property, run);
  }
  const started = performance.now();
  const state = new Judgement(testCase, run);
  const unfit = state.reasonNotToRun();
  if (unfit !== undefined) return state.result('not-run', started, unfit);
  try {
    for (const [index, step] of testCase.steps.entries()) {
      const stop = await state.take(step, index);
      if (stop !== undefined) return state.result(stop.verdict, started, stop.reason);
      if (!state.mayGoOn) break;
    }
    await state.relate();
  } catch (thrown) {
    return state.result('error', started, `a defect of the suite: ${messageOf(thrown)}`);
  }
  return state.result(testCase.observe === undefined ? 'pass' : 'observed', started);
}

/** Judges a case within the target's limits: waits for its turn, and does not start what cannot be finished. */
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
