import type { Step } from '../cases/case.ts';
import type { HttpFailure, HttpOutcome } from '../targets/target.ts';
import type { CaseRecord } from './case-record.ts';
import { type CallRecord, recordOf } from './exchange.ts';
import type { Diagnosis } from './explained.ts';
import { asSent } from './judge-accepted.ts';
import { mayBeAnswer, type Stop, unanswered } from './no-answer.ts';

/** The claim that breaks if a call gets no answer. */
function unansweredClaim(record: CaseRecord, step: Step): string {
  return step.expect === 'bad-request' ? record.run.operation.errorClaim : record.claimOf(step);
}

/** Groups calls that a server treats alike when it does not answer. */
export function kindOf(record: CaseRecord, step: Step): string {
  return `${step.expect} ${unansweredClaim(record, step)}`;
}

/** Treats no answer as a violation if an ordinary call is answered. @returns why it cannot be judged, if so */
export async function judgeNoAnswer(
  record: CaseRecord,
  step: Step,
  call: CallRecord,
  failure: HttpFailure,
): Promise<Stop | undefined> {
  if (!mayBeAnswer(failure)) return unanswered(failure, step.label);
  const { noAnswers, ordinary, operation } = record.run;
  const kind = kindOf(record, step);
  const decided = await noAnswers.decide(
    kind,
    failure,
    () => askAgain(record, step, call),
    (position) => ordinary(kind, position),
  );
  if (decided.kind === 'answered') call.outcome = decided.outcome;
  else if (decided.kind === 'gone') {
    const { reason, message } = decided.failure;
    const told = `${failure.message}; an ordinary call got no answer either (${message})`;
    return unanswered({ ...failure, reason, message: told }, step.label);
  } else {
    record.isDecided = false;
    const claim = unansweredClaim(record, step);
    // If the page leaves the answer open, a server may also not answer.
    if (step.expect === 'anything' && operation.acceptedClaim !== record.claimOf(step)) return undefined;
    const why = step.expect === 'accepted' && step.calls.length === 1 ? await explain(record, call, claim) : undefined;
    const actual = why === undefined ? decided.actual : `${decided.actual}; ${why.evidence}`;
    record.blame([{ claim: why?.claim ?? claim, expected: 'an answer', actual }], call.exchange);
  }
  return undefined;
}

/** How the call differs from an ordinary, answered one. */
async function explain(record: CaseRecord, call: CallRecord, claim: string): Promise<Diagnosis | undefined> {
  const asked = { call: asSent(record, call), symptom: { kind: 'unanswered' } as const, claim };
  const found = await record.run.diagnosis.explain({ ...asked, isLater: record.isLater(call) });
  return found === undefined || 'kind' in found ? undefined : found;
}

/** Repeats the call; concurrent ones all together for new customers, because a single one might be answered. */
async function askAgain(record: CaseRecord, step: Step, call: CallRecord): Promise<HttpOutcome> {
  const label = `${step.label}, repeated`;
  const alone = async () => {
    const outcome = await record.repeat(call, label);
    record.exchanges.push(recordOf(label, { call: call.call, request: call.request, outcome }));
    return outcome;
  };
  if (step.calls.length === 1) return await alone();
  const asked = await record.sendAll(step, ', repeated');
  for (const one of asked) record.exchanges.push(recordOf(label, one));
  return asked.find(({ outcome }) => outcome.kind === 'failure')?.outcome ?? (await alone());
}
