import type { Case } from '../cases/case.ts';
import type { Need } from '../targets/admission.ts';

/** What a case asks for before it begins: its calls, and a new customer for each reference that none need have met before. */
export function needOf(testCase: Case): Need {
  const calls = testCase.steps.flatMap((step) => step.calls);
  const references = calls.map((call) => call.fields['object_reference_id'] ?? '');
  const named = new Set(references.filter((reference) => reference !== ''));
  // A server that makes a reference up where there is none makes another one each time.
  const unnamed = references.length - references.filter((reference) => reference !== '').length;
  return {
    requests: calls.length,
    customers: named.size + unnamed,
    atOnce: Math.max(...testCase.steps.map((step) => step.calls.length)),
  };
}
