import type { Case } from '../cases/case.ts';
import { EXECUTION_AT_MOST, type PropertyName, type PropertyPlan } from '../cases/property-plan.ts';
import type { Need } from '../targets/admission.ts';
import { OPERATION } from './operation.ts';

/** What a case asks for before it begins: its calls, and a new customer for each reference that none need have met before. */
export function needOf(testCase: Case, properties: PropertyPlan): Need {
  if (testCase.property !== undefined) return needOfProperty(testCase.property, properties);
  const calls = testCase.steps.flatMap((step) => step.calls);
  const references = testCase.steps.flatMap((step) =>
    step.calls.map(({ fields }) => {
      const name = OPERATION.nameIn(fields);
      return name === '' ? '' : `${name} of ${step.owner?.id ?? testCase.id}`;
    }),
  );
  const named = new Set(references.filter((reference) => reference !== ''));
  // A server that makes a reference up where there is none makes another one each time.
  const unnamed = references.length - references.filter((reference) => reference !== '').length;
  return {
    requests: calls.length,
    customers: named.size + unnamed,
    atOnce: Math.max(...testCase.steps.map((step) => step.calls.length)),
  };
}

/**
 * How many calls a property makes depends on what comes back, so that they are taken from what nobody has; customers are
 * set aside, those of the shrinking and of the last look at a counterexample included.
 */
function needOfProperty(property: PropertyName, plan: PropertyPlan): Need {
  const executions = 'off' in plan ? 0 : plan.runs + plan.shrinks + 1;
  return { requests: 0, customers: executions * EXECUTION_AT_MOST[property].customers, atOnce: 1 };
}
