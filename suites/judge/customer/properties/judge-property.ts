import type { Case } from '../../../cases/case.ts';
import type { PropertyName } from '../../../cases/property-plan.ts';
import type { Property } from '../../../properties/conversation.ts';
import { tryProperty } from '../../../properties/search.ts';
import { type CaseResult, notRun } from '../../result.ts';
import type { Run } from '../../run.ts';
import { accepted } from './accepted-calls.ts';
import { oneThingWrong } from './one-thing-wrong.ts';
import { sequences } from './sequence-commands.ts';

const PROPERTIES: Readonly<Record<PropertyName, Property>> = {
  accepted,
  'one-thing-wrong': oneThingWrong,
  sequences,
};

/** Tries a property as often as planned; a counterexample is shrunk and judged like any other case. */
export async function judgeProperty(testCase: Case, name: PropertyName, run: Run): Promise<CaseResult> {
  const { properties: plan } = run;
  if ('off' in plan) return notRun(testCase, `properties are off: ${plan.off}`, false);
  return await tryProperty(testCase, run, PROPERTIES[name], plan);
}
