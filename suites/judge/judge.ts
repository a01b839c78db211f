import { createHash } from 'node:crypto';
import type { Call, Case, Step } from '../cases/case.ts';
import { TOKEN_OPTION } from '../cases/data.ts';
import type { ObservationName } from '../cases/observations.ts';
import type { HttpAnswer, HttpFailure, HttpOutcome, HttpRequest, Origin } from '../targets/target.ts';
import { type Asked, checkAccepted, type Flaw } from './accepted.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type CallRecord, recordOf } from './exchange.ts';
import { OBSERVERS } from './observers.ts';
import {
  type Confidential,
  checkBadRequest,
  checkBadRequestBody,
  checkRefused,
  isCustomerBody,
  isErrorBody,
} from './refused.ts';
import { checkRelation } from './relations.ts';
import { buildRequest, fillFields, keyFor } from './request.ts';
import type { CaseResult, CaseVerdict, Exchange, Finding } from './result.ts';
import type { Run } from './run.ts';

/**
 * Asks a target one case and judges the answers.
 * Never throws for what a server does; a defect of ours becomes the verdict `error` of this case alone.
 */
export async function judge(testCase: Case, run: Run): Promise<CaseResult> {
  const started = performance.now();
  const state = new Judgement(testCase, run);
  const unfit = state.reasonNotToRun();
  if (unfit !== undefined) return state.result('not-run', started, unfit);
  try {
    for (const [index, step] of testCase.steps.entries()) {
      const stop = await state.take(step, index);
      if (stop !== undefined) return state.result(stop.verdict, started, stop.reason);
      if (!state.mayGoOn) break;
    }
    state.relate();
  } catch (thrown) {
    return state.result(
      'error',
      started,
      `a defect of the suite: ${thrown instanceof Error ? thrown.message : thrown}`,
    );
  }
  return state.result(testCase.observe === undefined ? 'pass' : 'observed', started);
}

/** One case on its way to a verdict. */
class Judgement {
  readonly #case: Case;
  readonly #run: Run;
  readonly #digits: string;
  readonly #exchanges: Exchange[] = [];
  readonly #findings: Finding[] = [];
  readonly #calls: CallRecord[] = [];
  #decided = true;
  #requests = 0;

  constructor(testCase: Case, run: Run) {
    this.#case = testCase;
    this.#run = run;
    this.#digits = digitsFor(testCase, run.nonce);
  }

  /** Nothing that a later step builds on went wrong. */
  get mayGoOn(): boolean {
    return this.#decided;
  }

  reasonNotToRun(): string | undefined {
    const { apiKey } = this.#run.target;
    const kinds = this.#case.steps.flatMap((step) => step.calls.map((call) => call.credentials ?? 'right'));
    return kinds.some((kind) => keyFor(kind, apiKey) === undefined)
      ? 'the API key has no letter whose case could be changed'
      : undefined;
  }

  /** Makes a step's calls and checks the answers. @returns why it cannot be judged, where it cannot */
  async take(step: Step, index: number): Promise<Stop | undefined> {
    const asked = await Promise.all(step.calls.map((call) => this.#send(call, step)));
    // In the order of the calls, whichever answer came first: two runs shall tell the same findings.
    const calls = asked.map((exchange) => this.#keep(exchange, step, index));
    const failed = calls.find((call) => call.outcome.kind === 'failure');
    if (failed?.outcome.kind === 'failure') return stopFor(failed.outcome, step);
    for (const call of calls) {
      if (call.outcome.kind === 'answer') await this.#check(step, call, call.outcome);
    }
    return undefined;
  }

  /** Checks what must hold between the answers. */
  relate(): void {
    if (!this.#decided) return;
    const answered = this.#calls.flatMap(({ step, value }) => (value === undefined ? [] : [{ step, value }]));
    for (const relation of this.#case.relations ?? []) {
      const flaw = checkRelation(relation, answered, this.#case.claim);
      if (flaw === 'undecided') this.#decided = false;
      else if (flaw !== undefined) this.#blame([flaw], this.#exchanges.length - 1);
    }
  }

  result(verdict: CaseVerdict, started: number, reason?: string): CaseResult {
    const { id, claim, title, observe, customers } = this.#case;
    const broken = this.#findings.some((finding) => finding.claim === claim);
    const references = new Set(this.#calls.map((call) => call.fields['object_reference_id'] ?? ''));
    references.delete('');
    const seen = this.#calls.flatMap(({ outcome, fields }) =>
      outcome.kind === 'answer' ? [{ answer: outcome, fields }] : [],
    );
    return {
      id,
      claim,
      title,
      verdict: this.#findings.length > 0 ? 'fail' : verdict,
      held: broken ? false : (verdict === 'pass' || verdict === 'observed') && this.#decided ? true : null,
      findings: this.#findings,
      ...(observe !== undefined && verdict === 'observed'
        ? { observation: OBSERVERS[observe as ObservationName](seen) }
        : {}),
      ...(reason === undefined ? {} : { reason }),
      exchanges: this.#exchanges,
      customers: { kept: 0, new: 0, [customers]: references.size },
      ms: performance.now() - started,
    };
  }

  async #send(call: Call, step: Step): Promise<Asking> {
    const { target } = this.#run;
    const request = buildRequest(call, target, this.#digits);
    return { call, request, outcome: await target.send(request, this.#origin(step.label)) };
  }

  #origin(step: string): Origin {
    this.#requests += 1;
    return { case: this.#case.id, step, position: this.#requests - 1 };
  }

  #keep({ call, request, outcome }: Asking, step: Step, index: number): CallRecord {
    const record: CallRecord = {
      step: index,
      fields: fillFields(call, this.#digits),
      request,
      outcome,
      exchange: this.#exchanges.length,
    };
    this.#exchanges.push(recordOf(step.label, call, record));
    this.#calls.push(record);
    return record;
  }

  async #check(step: Step, call: CallRecord, answer: HttpAnswer): Promise<void> {
    const claim = step.blames ?? this.#case.claim;
    switch (step.expect) {
      case 'accepted':
        if (isAccepted(answer) || isCustomerBody(answer)) this.#read(call, answer, this.#asked(step, call));
        else await this.#explainRefusal(step, call, answer, claim);
        break;
      case 'bad-request':
        await this.#checkBadRequest(call, answer, claim);
        break;
      case 'refused':
        this.#stopFor(checkRefused(answer, claim, this.#confidential(call)), call, isAccepted(answer));
        break;
      case 'anything':
        if (isAccepted(answer) && !isErrorBody(answer, this.#run.validators))
          this.#read(call, answer, { ...this.#asked(step, call), token: 'open', echoClaim: null });
        else if (answer.status === 400 && isOrdinary(step) && !isCustomerBody(answer)) {
          this.#blame(checkBadRequestBody(answer, this.#run.validators), call.exchange);
        }
    }
  }

  async #checkBadRequest(call: CallRecord, answer: HttpAnswer, claim: string): Promise<void> {
    const flaws = checkBadRequest(answer, claim, this.#run.validators);
    if (GENERAL_REFUSALS.has(answer.status)) {
      const control = await this.#run.diagnosis.control();
      if (control !== 'accepted') return this.#blameRefusal(call, answer, control);
    }
    this.#stopFor(flaws, call, answer.status !== 400);
  }

  #read(call: CallRecord, answer: HttpAnswer, asked: Asked): void {
    const { value, flaws } = checkAccepted(answer, asked, this.#run.validators, this.#run.echoes);
    this.#blame(flaws, call.exchange);
    if (value === undefined) this.#decided = false;
    else call.value = value;
  }

  /**
   * A call that had to be accepted was not. The same call once more tells a server that fails now and then from one that
   * refuses; calls that differ in one thing tell which claim the refusal breaks.
   */
  async #explainRefusal(step: Step, call: CallRecord, answer: HttpAnswer, claim: string): Promise<void> {
    this.#decided = false;
    const { target, diagnosis } = this.#run;
    const repeated = await target.send(call.request, this.#origin(`${step.label}, repeated`));
    if (repeated.kind === 'answer' && isAccepted(repeated)) {
      const evidence = `and ${repeated.status} when the same call was repeated`;
      return this.#blameRefusal(call, answer, { claim: 'RS-1', evidence });
    }
    const control = await diagnosis.control();
    if (control !== 'accepted') return this.#blameRefusal(call, answer, control);
    // A claim on one field's values is what the case asks; anything else may be refused for a field beside the point.
    const isLater = this.#calls.some(
      (other) => other !== call && isSameCustomer(other, call) && other.step < call.step,
    );
    const found = claim.startsWith('RQ-') && !isLater ? undefined : await diagnosis.explain(call);
    this.#blameRefusal(call, answer, found ?? { claim, evidence: '' });
  }

  #blameRefusal(call: CallRecord, answer: HttpAnswer, { claim, evidence }: Diagnosis): void {
    const actual = `status ${answer.status}${evidence === '' ? '' : `; ${evidence}`}`;
    this.#blame([{ claim, expected: 'status 200', actual }], call.exchange);
  }

  #stopFor(flaws: readonly Flaw[], call: CallRecord, stop: boolean): void {
    this.#blame(flaws, call.exchange);
    if (stop) this.#decided = false;
  }

  #blame(flaws: readonly Flaw[], exchange: number): void {
    for (const flaw of flaws) this.#findings.push({ ...flaw, exchange });
  }

  #asked(step: Step, call: CallRecord): Asked {
    const option = call.fields[TOKEN_OPTION];
    return {
      fields: call.fields,
      token: option === undefined ? 'absent' : option === 'true' || option === 'false' ? option : 'open',
      echoClaim: step.echoClaim === undefined ? 'RS-4' : step.echoClaim,
      ...(step.mixUpClaim === undefined ? {} : { mixUp: { claim: step.mixUpClaim, others: this.#otherFields(call) } }),
      tokenClaim: step.tokenClaim ?? 'TK-1',
      isNew: step.newCustomer === true,
    };
  }

  #otherFields(call: CallRecord): CallRecord['fields'][] {
    return this.#calls.filter((other) => other !== call).map(({ fields }) => fields);
  }

  /** What earlier answers of this case told about the customer, less what the refused call says itself. */
  #confidential(refused: CallRecord): Confidential {
    const said = new Set(Object.values(refused.fields));
    return this.#calls.flatMap(({ value, fields }) => {
      if (value === undefined) return [];
      const id = value['id'];
      const unsaid = Object.entries(fields).filter(([, text]) => text.length >= 8 && !said.has(text));
      return [
        ...(typeof id === 'string' && id !== '' ? [{ what: "the customer's id", text: id }] : []),
        ...unsaid.map(([name, text]) => ({ what: `the customer's ${name}`, text })),
      ];
    });
  }
}

/** A call that was made, not yet in its place among the others of its step. */
interface Asking {
  readonly call: Call;
  readonly request: HttpRequest;
  readonly outcome: HttpOutcome;
}

/** Why a case ends before its last step. */
interface Stop {
  readonly verdict: 'error' | 'not-run';
  readonly reason: string;
}

function stopFor(failure: HttpFailure, step: Step): Stop {
  return failure.reason === 'not-recorded'
    ? { verdict: 'not-run', reason: failure.message }
    : { verdict: 'error', reason: `${step.label}: ${failure.message}` };
}

/** Statuses that a server which lets nobody in answers a bad request with, as it does any other. */
const GENERAL_REFUSALS = new Set([401, 403, 404, 405, 415]);

function isSameCustomer(one: CallRecord, other: CallRecord): boolean {
  return one.fields['object_reference_id'] === other.fields['object_reference_id'];
}

function isAccepted(answer: HttpAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** The call differs from an ordinary one in its fields alone, so that a 400 to it is the documented one. */
function isOrdinary(step: Step): boolean {
  return step.calls.every(
    ({ credentials = 'right', merchant = 'right', mediaType, path }) =>
      credentials === 'right' && merchant === 'right' && mediaType === undefined && path === undefined,
  );
}

/** 64 hexadecimal digits that belong to a case and its data, and to the run where the case needs new customers. */
function digitsFor(testCase: Case, nonce: string): string {
  const parts = [testCase.id, JSON.stringify(testCase.steps), testCase.customers === 'new' ? nonce : ''];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
