import type { Call, Case, Step } from '../case.ts';
import { ANY, SAME, TOKEN_OPTION } from '../data.ts';
import { isFree, ORDERS, ordered, WRITINGS } from './writing.ts';

const NAME = 'object_reference_id';

/** One of this many bad requests uses a customer that is created later. */
const NEW_EVERY = 4;

/**
 * Lets bad requests use customers of other cases that later calls use again, or that are created later, in turn: those calls
 * then show what a refused call leaves behind, without further requests.
 */
export function shareCustomers(cases: readonly Case[]): Case[] {
  let turn = 0;
  return cases.map((testCase, index) => {
    const [step, ...others] = testCase.steps;
    if (step === undefined || others.length > 0 || !isShareable(step)) return testCase;
    const later = new Set(cases.slice(index + 1).flatMap(({ steps }) => steps.flatMap(askedFor)));
    const owners = cases.slice(0, index).filter(({ id }) => later.has(id));
    turn += 1;
    const created = cases.slice(index + 1).flatMap(({ steps }) => steps.flatMap(createdBy));
    const next = turn % NEW_EVERY === 0 ? created[(turn / NEW_EVERY) % created.length] : undefined;
    const { of = owners[turn % owners.length]?.id, reference = SAME } = next ?? {};
    if (of === undefined) return testCase;
    const calls = step.calls.map((call) => ({ ...call, fields: { ...call.fields, [NAME]: reference } }));
    return { ...testCase, steps: [{ ...step, calls, of }] };
  });
}

/** A bad request with a valid reference. */
function isShareable({ expect, calls }: Step): boolean {
  return expect === 'bad-request' && calls.every(({ fields }) => fields[NAME] === ANY);
}

/** A customer that a step creates in addition to that of another case. */
function createdBy({ of, expect, calls }: Step): readonly { readonly of: string; readonly reference: string }[] {
  const reference = calls[0]?.fields[NAME] ?? SAME;
  return of === undefined || expect !== 'accepted' || reference === SAME ? [] : [{ of, reference }];
}

/** The customer that a step uses with unchanged data. */
function askedFor({ of, calls }: Step): readonly string[] {
  return of !== undefined && calls.some(isSame) ? [of] : [];
}

function isSame({ fields }: Call): boolean {
  return Object.entries(fields).every(([name, value]) => value === SAME || name === TOKEN_OPTION);
}

/** Inserts the customers of other cases into steps that use them, each time encoded differently. */
export function lendCustomers(cases: readonly Case[]): Case[] {
  const byId = new Map(cases.map((testCase) => [testCase.id, testCase]));
  let turn = 0;
  return cases.map((testCase) =>
    testCase.steps.some(({ of }) => of !== undefined)
      ? { ...testCase, steps: testCase.steps.map((step) => lend(step)) }
      : testCase,
  );

  function lend({ of, nth = 0, ...step }: Step): Step {
    if (of === undefined) return step;
    const owner = byId.get(of);
    const lent = owner?.steps[0]?.calls[nth];
    if (owner === undefined || lent === undefined) throw new Error(`${step.label}: no case ${of} with a call`);
    return { ...step, owner, calls: step.calls.map((call) => lendTo(call, lent)) };
  }

  function lendTo(call: Call, lent: Call): Call {
    const entries = Object.entries(call.fields).flatMap(([name, value]) => {
      const own = value === SAME ? lent.fields[name] : value;
      return own === undefined ? [] : [[name, own] as const];
    });
    const fields = Object.fromEntries(entries);
    if (!isSame(call) || !isFree(call)) return { ...call, fields };
    turn += 1;
    const encoding = WRITINGS[turn % WRITINGS.length] ?? 'form';
    return {
      ...call,
      fields: ordered(fields, ORDERS[turn % ORDERS.length] ?? 'listed'),
      ...(encoding === 'form' ? {} : { encoding }),
    };
  }
}
