import type { Call, Step } from '../cases/case.ts';
import type { HttpAnswer, HttpFailure } from '../targets/target.ts';
import { isAccepted } from './body.ts';
import type { CaseRecord } from './case-record.ts';
import { type Stop, undecided } from './could-not-judge.ts';
import type { CallRecord } from './exchange.ts';
import type { Diagnosis } from './explained.ts';
import type { Fields } from './operation.ts';
import type { Flaw } from './result.ts';

/** Reads an accepted answer; where a field comes back changed, the smallest call that shows it is found and told. */
export async function judgeAccepted(
  record: CaseRecord,
  step: Step,
  call: CallRecord,
  answer: HttpAnswer,
): Promise<Stop | undefined> {
  const { operation, diagnosis } = record.run;
  const changed = readAnswer(record, step, call, answer).find(
    ({ claim, pointer = '' }) => claim === operation.changedClaim && call.fields[pointer.slice(1)] !== undefined,
  );
  const index = record.findings.findIndex((one) => one.exchange === call.exchange && one.pointer === changed?.pointer);
  if (changed === undefined || index < 0 || step.echoClaim === null) return undefined;
  const symptom = { kind: 'changed', field: changed.pointer?.slice(1) ?? '' } as const;
  const asked = { call: asSent(record, call), symptom, claim: record.claimOf(step), isLater: false };
  const found = await diagnosis.explain(asked);
  if (found === undefined || 'kind' in found) return undefined;
  const { claim, evidence, smallest } = found;
  const exchange = record.keepSmallest(smallest) ?? call.exchange;
  const told = smallest === undefined ? changed : (operation.changeTold(smallest, symptom.field) ?? changed);
  record.findings[index] = { ...changed, ...told, claim, actual: `${told.actual}; ${evidence}`, exchange };
  return undefined;
}

/** Holds an answer to every claim on accepted ones. @param open the page leaves open what the call is answered with */
export function readAnswer(
  record: CaseRecord,
  step: Step,
  call: CallRecord,
  answer: HttpAnswer,
  open = false,
): readonly Flaw[] {
  const { operation, memory } = record.run;
  const name = operation.nameIn(call.fields);
  const sent = memory.sentFor(name);
  const known = memory.known(name);
  const asked = {
    ...{ step, open, fields: call.fields, others: othersOf(record, call, step), sent },
    ...(known === undefined ? {} : { known }),
    // An attempt that came to nothing may have created the customer, however long before this answer.
    isNew: step.newCustomer === true && answer.retried.length === 0 && !sent.isSpoiled,
  };
  const { value, others, flaws, unseen = [] } = operation.readAccepted(answer, asked, record.run);
  record.blame(flaws, call.exchange);
  record.unseen.push(...unseen);
  if (value === undefined) record.isDecided = false;
  else Object.assign(call, { value, others });
  return flaws;
}

/** Of calls at the same time, the others. */
function othersOf({ calls }: CaseRecord, call: CallRecord, step: Step): Fields[] {
  if (step.calls.length === 1) return [];
  return calls.filter((other) => other !== call && other.step === call.step).map(({ fields }) => fields);
}

/**
 * A call that had to be accepted was not. The same call once more tells a server that fails now and then from one that
 * refuses; calls that differ in one thing tell which claim the refusal breaks.
 */
export async function explainRefusal(
  record: CaseRecord,
  step: Step,
  call: CallRecord,
  answer: HttpAnswer,
): Promise<Stop | undefined> {
  record.isDecided = false;
  const lost = await lostAccess(record, step, answer);
  if (lost !== undefined) return lost;
  const { diagnosis, operation } = record.run;
  const claim = record.claimOf(step);
  const repeated = await record.repeat(call, `${step.label}, repeated`);
  if (repeated.kind === 'failure') return undecided(answer, repeated, step.label, 'when it was repeated');
  if (isAccepted(repeated)) {
    const evidence = `and ${repeated.status} when the same call was repeated`;
    return blameRefusal(record, step, call, answer, { claim: operation.acceptedClaim, evidence });
  }
  const control = await diagnosis.control();
  if (control !== 'accepted') return await blameUnlessLost(record, step, call, answer, control);
  // A claim on one field's values is what the case asks; anything else may be refused for a field beside the point.
  const asked = {
    call: asSent(record, call),
    symptom: { kind: 'refused' } as const,
    claim,
    isLater: record.isLater(call),
  };
  const why = await diagnosis.explain(asked);
  return why === undefined
    ? await blameUnlessLost(record, step, call, answer, { claim, evidence: '' })
    : blameRefusal(record, step, call, answer, why);
}

/** As `blameRefusal`, of a refusal that nothing in the call explains: the service may let nobody in any more. */
export async function blameUnlessLost(
  record: CaseRecord,
  step: Step,
  call: CallRecord,
  answer: HttpAnswer,
  why: Diagnosis | HttpFailure,
): Promise<Stop | undefined> {
  return (await lostAccess(record, step, answer, true)) ?? blameRefusal(record, step, call, answer, why);
}

/** @returns why nobody can be blamed, where the diagnosis itself got no answer */
export function blameRefusal(
  record: CaseRecord,
  step: Step,
  call: CallRecord,
  answer: HttpAnswer,
  why: Diagnosis | HttpFailure,
): Stop | undefined {
  if ('kind' in why) return undecided(answer, why, step.label, 'to a call that differs in one thing');
  const { claim, evidence, smallest } = why;
  const shown = smallest?.outcome.kind === 'answer' ? smallest.outcome : answer;
  const actual = `status ${shown.status}${evidence === '' ? '' : `; ${evidence}`}`;
  record.blame([{ claim, expected: 'status 200', actual }], record.keepSmallest(smallest) ?? call.exchange);
  return undefined;
}

/** Why nothing can be judged any more, where the run was let in before. */
export async function lostAccess(
  { run }: CaseRecord,
  step: Step,
  answer: HttpAnswer,
  isUnexplained = false,
): Promise<Stop | undefined> {
  const { memory, access, ordinary, operation } = run;
  const told = { isMet: !memory.isEmpty, isLetIn: operation.isLetIn, inWords: operation.refusalInWords };
  const reason = await access.explains(answer, (position) => ordinary('access', position), told, isUnexplained);
  return reason === undefined ? undefined : { verdict: 'error', reason: `${step.label}: ${reason}` };
}

/** A call with the values that it was sent with: only what names its customer is another one whenever it is asked again. */
export function asSent({ run }: CaseRecord, { call, fields }: CallRecord): Call {
  const { field } = run.operation.nameSuspect;
  const name = call.fields[field];
  return { ...call, fields: { ...fields, ...(name === undefined ? {} : { [field]: name }) } };
}
