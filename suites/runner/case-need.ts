import type { Case } from '../cases/case.ts';
import { EXECUTION_AT_MOST, type PropertyName, type PropertyPlan } from '../cases/property-plan.ts';
import type { Need } from '../targets/admission.ts';
import { OPERATION } from './operation.ts';

/** What a case needs: its calls, and a new customer for each of its references. */
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
