import type { Call, Step } from '../cases/case.ts';
import type { HttpAnswer, HttpFailure } from '../targets/target.ts';
import { isAccepted } from './body.ts';
import type { CaseRecord } from './case-record.ts';
import type { CallRecord } from './exchange.ts';
import type { Diagnosis } from './explained.ts';
import { statusInWords } from './html-page.ts';
import { type Stop, undecided } from './no-answer.ts';
import type { Fields } from './operation.ts';
import type { Flaw } from './result.ts';

/** An answer with its call and step. */
export interface Given {
  readonly record: CaseRecord;
  readonly step: Step;
  readonly call: CallRecord;
  readonly answer: HttpAnswer;
}

/** Checks an accepted answer; for a changed field, finds and reports the smallest call that shows it. */
export async function judgeAccepted(given: Given): Promise<Stop | undefined> {
  const { record, step, call } = given;
  const { operation, diagnosis } = record.run;
  const changed = readAnswer(given).find(
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
  const shown = smallest === undefined ? changed : (operation.changeTold(smallest, symptom.field) ?? changed);
  record.findings[index] = { ...changed, ...shown, claim, actual: `${shown.actual}; ${evidence}`, exchange };
  return undefined;
}

/** Checks an answer by every claim on accepted ones. @param open whether the page leaves the answer open */
export function readAnswer({ record, step, call, answer }: Given, open = false): readonly Flaw[] {
  const { operation, memory } = record.run;
  const name = operation.nameIn(call.fields);
  const sent = memory.sentFor(name);
  const known = memory.known(name);
  const asked = {
    ...{ step, open, fields: call.fields, others: othersOf(record, call, step), sent },
    ...(known === undefined ? {} : { known }),
    // A failed attempt may have created the customer long before this answer.
    isNew: step.newCustomer === true && answer.retried.length === 0 && !sent.isSpoiled,
  };
  const { value, others, flaws, unseen = [] } = operation.readAccepted(answer, asked, record.run);
  record.blame(flaws, call.exchange);
  record.unseen.push(...unseen);
  if (value === undefined) record.isDecided = false;
  else Object.assign(call, { value, others });
  return flaws;
}

/** The other concurrent calls' fields. */
function othersOf({ calls }: CaseRecord, call: CallRecord, step: Step): Fields[] {
  if (step.calls.length === 1) return [];
  return calls.filter((other) => other !== call && other.step === call.step).map(({ fields }) => fields);
}

/**
 * Explains the refusal of a valid call. Repeating the call detects a server that sometimes fails; calls that differ in one
 * thing find the broken claim.
 */
export async function explainRefusal(given: Given): Promise<Stop | undefined> {
  const { record, step, call, answer } = given;
  record.isDecided = false;
  const lost = await lostAccess(given);
  if (lost !== undefined) return lost;
  const { diagnosis, operation } = record.run;
  const claim = record.claimOf(step);
  const repeated = await record.repeat(call, `${step.label}, repeated`);
  if (repeated.kind === 'failure') return undecided(answer, repeated, step.label, 'when it was repeated');
  if (isAccepted(repeated)) {
    const evidence = `and ${repeated.status} when the same call was repeated`;
    return blameRefusal(given, { claim: operation.acceptedClaim, evidence });
  }
  const control = await diagnosis.control();
  if (control !== 'accepted') return await blameUnlessLost(given, control);
  // A case about a field blames its own claim; other calls may be refused because of an unrelated field.
  const asked = {
    call: asSent(record, call),
    symptom: { kind: 'refused' } as const,
    claim,
    isLater: record.isLater(call),
  };
  const why = await diagnosis.explain(asked);
  return why === undefined ? await blameUnlessLost(given, { claim, evidence: '' }) : blameRefusal(given, why);
}

/** Like `blameRefusal`, for an unexplained refusal: the service may have revoked access. */
export async function blameUnlessLost(given: Given, why: Diagnosis | HttpFailure): Promise<Stop | undefined> {
  return (await lostAccess(given, true)) ?? blameRefusal(given, why);
}

/** @returns why no claim can be blamed, if the diagnosis got no answer */
function blameRefusal({ record, step, call, answer }: Given, why: Diagnosis | HttpFailure): Stop | undefined {
  if ('kind' in why) return undecided(answer, why, step.label, 'to a call that differs in one thing');
  const { claim, evidence, smallest } = why;
  const shown = smallest?.outcome.kind === 'answer' ? smallest.outcome : answer;
  const actual = `${statusInWords(shown)}${evidence === '' ? '' : `; ${evidence}`}`;
  record.blame([{ claim, expected: 'status 200', actual }], record.keepSmallest(smallest) ?? call.exchange);
  return undefined;
}

/** Why nothing can be judged any more, if access was granted before. */
export async function lostAccess({ record, step, answer }: Given, isUnexplained = false): Promise<Stop | undefined> {
  const { memory, access, ordinary, operation } = record.run;
  const known = { isMet: !memory.isEmpty, isLetIn: operation.isLetIn, inWords: operation.refusalInWords };
  const reason = await access.explains(answer, (position) => ordinary('access', position), known, isUnexplained);
  return reason === undefined ? undefined : { verdict: 'error', reason, step: step.label };
}

/** A call with the values as sent, except for the reference, which is new for each question. */
export function asSent({ run }: CaseRecord, { call, fields }: CallRecord): Call {
  const { field } = run.operation.nameSuspect;
  const name = call.fields[field];
  return { ...call, fields: { ...fields, ...(name === undefined ? {} : { [field]: name }) } };
}
