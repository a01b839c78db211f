import fc from 'fast-check';
import { messageOf } from '../../../../spec/setup-error.ts';
import type { Case } from '../../../cases/case.ts';
import type { PropertyName, PropertyRuns } from '../../../cases/property-plan.ts';
import type { Property } from '../../../properties/conversation.ts';
import { Search } from '../../../properties/search.ts';
import type { CaseResult } from '../../result.ts';
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
  const started = performance.now();
  const search = new Search(testCase, run);
  if ('off' in plan) {
    const reason = `properties are off: ${plan.off}`;
    return { ...search.nothingFound(), verdict: 'not-run', held: null, reason };
  }
  const decided = await decide(PROPERTIES[name], search, run, plan);
  return { ...decided, customers: { kept: 0, new: search.customers }, ms: performance.now() - started };
}

async function decide(property: Property, search: Search, run: Run, plan: PropertyRuns): Promise<CaseResult> {
  const { seed, runs, shrinks } = plan;
  const attempt = search.attemptWithin(shrinks);
  let defect: string | undefined;
  let failedAt: number | undefined;
  try {
    const details = await fc.check(property(run, attempt), { seed, numRuns: runs });
    if (details.failed) failedAt = details.numRuns;
  } catch (thrown) {
    // fast-check returns what a property throws; anything that it or a generator throws is a defect of ours.
    defect = messageOf(thrown);
  }
  const found = await search.conclusion(failedAt !== undefined, defect);
  const kept = found.exchanges.length;
  const retriesKept = found.exchanges.reduce((sum, { retried }) => sum + retried.length, 0);
  const tried = {
    ...{ seed, runs },
    ...(failedAt === undefined ? {} : { failedAt }),
    ...{ requests: search.requests - kept, retries: search.retries - retriesKept },
  };
  // A search ends at the first flaw: if it breaks another claim, this one stays undecided.
  const held = found.verdict === 'fail' && found.held === true ? null : found.held;
  return { ...found, held, tried };
}
