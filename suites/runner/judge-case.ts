import { messageOf } from '../../spec/setup-error.ts';
import type { Case } from '../cases/case.ts';
import { EXECUTION_AT_MOST, type PropertyName, type PropertyPlan } from '../cases/property-plan.ts';
import { Judgement } from '../judge/judgement.ts';
import { type CaseResult, notRun } from '../judge/result.ts';
import type { Run } from '../judge/run.ts';
import type { Need } from '../targets/admission.ts';
import { OPERATION } from './operation.ts';

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
  if (unfit !== undefined) return state.result('not-run', started, { reason: unfit });
  try {
    for (const [index, step] of testCase.steps.entries()) {
      const stop = await state.take(step, index);
      if (stop !== undefined) return state.result(stop.verdict, started, stop);
      if (!state.isDecided) break;
    }
    await state.relate();
  } catch (thrown) {
    return state.result('error', started, { reason: `a defect of the suite: ${messageOf(thrown)}` });
  }
  return state.result(testCase.observe === undefined ? 'pass' : 'observed', started);
}

/**
 * Judges a case within the target's limits. Where a customer has data of a call that had to be refused, an earlier run may
 * have made that call, and the server may have accepted it then: only customers that are new show whether it still does.
 */
export async function judgeLeased(testCase: Case, run: Run): Promise<CaseResult> {
  const result = await judgeOnce(testCase, run);
  const isKept = run.target.kind !== 'mock' && testCase.customers === 'kept' && testCase.property === undefined;
  const refusal = run.operation.memoryClaims.refusal;
  if (!isKept || !result.findings.some(({ claim }) => claim === refusal)) return result;
  const anew = await judgeOnce(withNewCustomers(testCase), { ...run, part: 'with new customers' });
  return { ...anew, ...(result.created === undefined ? {} : { created: result.created + (anew.created ?? 0) }) };
}

function withNewCustomers(testCase: Case): Case {
  const steps = testCase.steps.map((step) =>
    step.owner === undefined ? step : { ...step, owner: { ...step.owner, customers: 'new' as const } },
  );
  return { ...testCase, customers: 'new', steps };
}

/** Waits for the case's turn, and does not start what cannot be finished. */
async function judgeOnce(testCase: Case, run: Run): Promise<CaseResult> {
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

/** What a case needs: its calls, and a new customer for each of its references. */
function needOf(testCase: Case, properties: PropertyPlan): Need {
  if (testCase.property !== undefined) return needOfProperty(testCase.property, properties);
  const calls = testCase.steps.flatMap((step) => step.calls);
  const references = testCase.steps.flatMap((step) =>
    step.calls.map(({ fields }) => {
      const name = OPERATION.nameIn(fields);
      return name === '' ? '' : `${name} of ${step.owner?.id ?? testCase.id}`;
    }),
  );
  const named = new Set(references.filter((reference) => reference !== ''));
  // A server that generates a missing reference creates a customer with each call.
  const unnamed = references.length - references.filter((reference) => reference !== '').length;
  return {
    requests: calls.length,
    customers: named.size + unnamed,
    atOnce: Math.max(...testCase.steps.map((step) => step.calls.length)),
  };
}

/**
 * The number of a property's calls depends on the answers, so they come from the free budget. Customers are reserved, also
 * for shrinking and for the final run of a counterexample.
 */
function needOfProperty(property: PropertyName, plan: PropertyPlan): Need {
  const executions = 'off' in plan ? 0 : plan.runs + plan.shrinks + 1;
  return { requests: 0, customers: executions * EXECUTION_AT_MOST[property].customers, atOnce: 1 };
}
