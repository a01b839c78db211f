import { createHash } from 'node:crypto';
import type { Call, Case, Relation, Step } from '../cases/case.ts';
import type { HttpAnswer, HttpFailure, HttpOutcome, HttpRequest, Origin } from '../targets/target.ts';
import { isAccepted, readJsonObject } from './body.ts';
import { type Stop, unanswered, undecided } from './could-not-judge.ts';
import { keyFor } from './credentials.ts';
import type { AskedCall, Diagnosis } from './diagnosis.ts';
import { type CallRecord, recordOf } from './exchange.ts';
import { mayBeAnswer } from './no-answer.ts';
import type { AnsweredCall, AskedFor, Unseen } from './operation.ts';
import type { CaseResult, CaseVerdict, Exchange, Finding, Flaw } from './result.ts';
import type { Run } from './run.ts';

/** One case on its way to a verdict. */
export class Judgement {
  readonly #case: Case;
  readonly #run: Run;
  readonly #digits: string;
  readonly #exchanges: Exchange[] = [];
  readonly #findings: Finding[] = [];
  readonly #calls: CallRecord[] = [];
  #last: readonly CallRecord[] = [];
  readonly #unseen: Unseen[] = [];
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

  /** What was found so far. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** The calls made so far, in the order in which they were made. */
  get calls(): readonly CallRecord[] {
    return this.#calls;
  }

  /** The bodies that the last step's calls were answered with, in the step's own order; undefined for refused calls. */
  get lastAnswers(): readonly CallRecord['value'][] {
    return this.#last.map(({ value }) => value);
  }

  reasonNotToRun(): string | undefined {
    const { target, access } = this.#run;
    if (access.reason !== undefined) return access.reason;
    const { apiKey } = target;
    const kinds = this.#case.steps.flatMap((step) => step.calls.map((call) => call.credentials ?? 'right'));
    return kinds.some((kind) => keyFor(kind, apiKey) === undefined)
      ? 'the API key has no letter whose case could be changed'
      : undefined;
  }

  /** Makes a step's calls and checks the answers. @returns why it cannot be judged, where it cannot */
  async take(step: Step, index: number): Promise<Stop | undefined> {
    const kind = `${step.expect} ${this.#unansweredClaim(step)}`;
    const reason = this.#run.noAnswers.reasonNotToAsk(kind);
    if (reason !== undefined) return { verdict: 'not-run', reason };
    const asked = await Promise.all(step.calls.map((call) => this.#send(call, step)));
    // In the order of the calls, whichever answer came first: two runs shall tell the same findings.
    const calls = asked.map((exchange) => this.#keep(exchange, step, index));
    this.#last = calls;
    for (const call of calls) {
      const stop =
        call.outcome.kind === 'failure' ? await this.#judgeNoAnswer(step, call, call.outcome, kind) : undefined;
      if (stop !== undefined) return stop;
    }
    for (const call of calls) {
      const stop = call.outcome.kind === 'answer' ? await this.#check(step, call, call.outcome) : undefined;
      if (stop !== undefined) return stop;
    }
    return undefined;
  }

  /** Checks what must hold between the answers. */
  relate(): void {
    if (this.#decided) this.#compareAll();
    this.#remember();
  }

  #compareAll(): void {
    const answered = this.#calls.flatMap(({ step, value, fields }) =>
      value === undefined ? [] : [{ step, value, fields }],
    );
    for (const relation of this.#case.relations ?? []) {
      const known = this.#findings.length;
      this.compare(relation, answered);
      // What is listed later presumes what is listed before: a new id at every call is no fault of a refusal in between.
      if (this.#findings.length > known) return;
    }
  }

  /** Holds the case's answers against those of all others. Where the case itself found something, that says more. */
  #remember(): void {
    const { memory, operation } = this.#run;
    const first = this.#findings.length === 0;
    const where = ({ step }: CallRecord) => `${this.#case.id} (${this.#case.steps[step]?.label ?? ''})`;
    for (const call of this.#calls) {
      const name = operation.nameIn(call.fields);
      if (name !== '') memory.keepSent({ name, fields: call.fields, where: where(call) });
    }
    for (const call of this.#calls) {
      const { fields, outcome, value, exchange, step } = call;
      const name = operation.nameIn(fields);
      if (outcome.kind !== 'answer' || name === '') continue;
      const met = { name, fields, where: where(call) };
      if (this.#case.steps[step]?.owner !== undefined && !memory.knows(name)) {
        this.#unseen.push({ claim: this.#case.claim, what: 'its customers were not met earlier in this run' });
      }
      const reading = value === undefined ? readJsonObject(outcome) : { ok: true as const, value };
      const stray = reading.ok ? memory.strayIn(reading.value, met) : undefined;
      if (value === undefined) memory.refuse(name);
      // What came back under another name was the page's to leave open, or was blamed.
      const flaws = value !== undefined && operation.nameIn(value) === name ? memory.meet({ ...met, value }) : [];
      if (first) this.#blame([...flaws, ...(stray === undefined ? [] : [stray])].slice(0, 1), exchange);
    }
  }

  /** Checks one relation between some answers. */
  compare(relation: Relation, answered: readonly AnsweredCall[]): void {
    const flaw = this.#run.operation.checkRelation(relation, answered, this.#case.claim);
    if (flaw === 'undecided') this.#decided = false;
    else if (flaw !== undefined) {
      const { kind, steps } = relation;
      this.#findings.push({ ...flaw, exchange: this.#exchanges.length - 1, relation: { kind, steps } });
    }
  }

  result(verdict: CaseVerdict, started: number, reason?: string): CaseResult {
    const { id, claim, title, observe, customers } = this.#case;
    const broken = this.#findings.some((finding) => finding.claim === claim);
    const { operation } = this.#run;
    const references = new Set(this.#calls.map(({ fields }) => operation.nameIn(fields)));
    references.delete('');
    const seen = this.#calls.flatMap(({ outcome, fields }) =>
      outcome.kind === 'answer' ? [{ answer: outcome, fields }] : [],
    );
    const together = this.#together();
    const unseen = this.#unseen.filter((one) => one.claim === claim).map(({ what }) => what);
    const isDecided = this.#decided && unseen.length === 0;
    const isUnseen = verdict === 'pass' && !isDecided && this.#findings.length === 0;
    const observed = observe !== undefined && verdict === 'observed' ? operation.observe(observe, seen) : undefined;
    return {
      id,
      claim,
      title,
      verdict: this.#findings.length > 0 ? 'fail' : isUnseen ? 'not-run' : verdict,
      held: broken ? false : (verdict === 'pass' || verdict === 'observed') && isDecided ? true : null,
      findings: this.#findings,
      ...(observed === undefined ? {} : { observed, observation: operation.observationText(observed) }),
      ...(reason === undefined && !isUnseen ? {} : { reason: reason ?? notJudged(unseen) }),
      ...(together === undefined ? {} : { together }),
      exchanges: this.#exchanges,
      customers: { kept: 0, new: 0, [customers]: references.size },
      ms: performance.now() - started,
    };
  }

  /** Of calls that belong together: how many of them were really under way at the same time. */
  #together(): CaseResult['together'] | undefined {
    const { atOnce = Number.POSITIVE_INFINITY } = this.#run.target;
    const asked = Math.max(0, ...this.#case.steps.map(({ calls }) => calls.length));
    return asked > 1 && asked > atOnce ? { asked, atOnce } : undefined;
  }

  async #send(call: Call, step: Step): Promise<Asking> {
    const { target, operation } = this.#run;
    const request = operation.buildRequest(call, target, this.#digitsOf(step));
    return { call, request, outcome: await target.send(request, this.#origin(step.label)) };
  }

  #digitsOf({ owner }: Step): string {
    return owner === undefined ? this.#digits : digitsFor(owner, this.#run.nonce);
  }

  #origin(step: string): Origin {
    this.#requests += 1;
    const { part } = this.#run;
    return {
      case: this.#case.id,
      step: part === undefined ? step : `${part}: ${step}`,
      position: this.#requests - 1,
    };
  }

  /** The claim that breaks when a call gets no answer. */
  #unansweredClaim(step: Step): string {
    return step.expect === 'bad-request' ? this.#run.operation.errorClaim : this.#claimOf(step);
  }

  /** No answer is an answer, where an ordinary call gets one. @returns why it cannot be judged, where it cannot */
  async #judgeNoAnswer(step: Step, call: CallRecord, failure: HttpFailure, kind: string): Promise<Stop | undefined> {
    if (!mayBeAnswer(failure)) return unanswered(failure, step.label);
    const { noAnswers, ordinary, target, operation } = this.#run;
    const label = `${step.label}, repeated`;
    const repeat = async () => {
      const outcome = await target.send(call.request, this.#origin(label));
      this.#exchanges.push(recordOf(label, call.call, { request: call.request, outcome }));
      return outcome;
    };
    const decided = await noAnswers.decide(kind, failure, repeat, (position) => ordinary(kind, position));
    if (decided.kind === 'answered') call.outcome = decided.outcome;
    else if (decided.kind === 'gone') {
      const { reason, message } = decided.failure;
      const told = `${failure.message}; an ordinary call got no answer either (${message})`;
      return unanswered({ ...failure, reason, message: told }, step.label);
    } else {
      this.#decided = false;
      // What the page leaves open a server may leave without an answer too.
      if (step.expect === 'anything' && operation.acceptedClaim !== this.#claimOf(step)) return undefined;
      this.#blame(
        [{ claim: this.#unansweredClaim(step), expected: 'an answer', actual: decided.actual }],
        call.exchange,
      );
    }
    return undefined;
  }

  #keep({ call, request, outcome }: Asking, step: Step, index: number): CallRecord {
    const record: CallRecord = {
      step: index,
      call,
      fields: this.#run.operation.fillFields(call, this.#digitsOf(step)),
      request,
      outcome,
      exchange: this.#exchanges.length,
    };
    this.#exchanges.push(recordOf(step.label, call, record));
    this.#calls.push(record);
    return record;
  }

  /** @returns why it cannot be told who is to blame, where it cannot */
  async #check(step: Step, call: CallRecord, answer: HttpAnswer): Promise<Stop | undefined> {
    const claim = this.#claimOf(step);
    const { operation } = this.#run;
    switch (step.expect) {
      case 'accepted':
        return isAccepted(answer) || operation.isAcceptedBody(answer)
          ? await this.#readAccepted(step, call, answer)
          : await this.#explainRefusal(step, call, answer);
      case 'bad-request':
        return await this.#checkBadRequest(step, call, answer);
      case 'refused':
        this.#stopFor(operation.checkRefused(answer, claim, call, this.#calls), call, isAccepted(answer));
        break;
      case 'anything':
        if (isAccepted(answer) && !operation.isErrorBody(answer, this.#run)) this.#read(step, call, answer, true);
        else if (
          answer.status === 400 &&
          step.calls.every(operation.differsInFieldsAlone) &&
          !operation.isAcceptedBody(answer)
        ) {
          this.#blame(operation.checkErrorBody(answer, this.#run), call.exchange);
        }
    }
    return undefined;
  }

  async #checkBadRequest(step: Step, call: CallRecord, answer: HttpAnswer): Promise<Stop | undefined> {
    const flaws = this.#run.operation.checkBadRequest(answer, this.#claimOf(step), this.#run);
    const lost = await this.#lostAccess(step, answer);
    if (lost !== undefined) return lost;
    if (GENERAL_REFUSALS.has(answer.status)) {
      const control = await this.#run.diagnosis.control();
      if (control !== 'accepted') return this.#blameRefusal(step, call, answer, control);
    }
    this.#stopFor(flaws, call, answer.status !== 400);
    return undefined;
  }

  /** Reads an accepted answer; where a field comes back changed, the smallest call that shows it is found and told. */
  async #readAccepted(step: Step, call: CallRecord, answer: HttpAnswer): Promise<Stop | undefined> {
    const { operation, diagnosis } = this.#run;
    const changed = this.#read(step, call, answer).find(
      ({ claim, pointer = '' }) => claim === operation.changedClaim && call.fields[pointer.slice(1)] !== undefined,
    );
    const index = this.#findings.findIndex((one) => one.exchange === call.exchange && one.pointer === changed?.pointer);
    if (changed === undefined || index < 0) return undefined;
    const symptom = { kind: 'changed', field: changed.pointer?.slice(1) ?? '' } as const;
    const found = await diagnosis.explain({
      call: this.#asSent(call),
      symptom,
      claim: this.#claimOf(step),
      isLater: false,
    });
    if (found === undefined || 'kind' in found) return undefined;
    const { claim, evidence, smallest } = found;
    const exchange = this.#keepSmallest(smallest) ?? call.exchange;
    const told = smallest === undefined ? changed : (operation.changeTold(smallest, symptom.field) ?? changed);
    this.#findings[index] = { ...changed, ...told, claim, actual: `${told.actual}; ${evidence}`, exchange };
    return undefined;
  }

  #read(step: Step, call: CallRecord, answer: HttpAnswer, open = false): readonly Flaw[] {
    const asked = { ...this.#asked(step, call, answer), open };
    const { value, flaws, unseen = [] } = this.#run.operation.readAccepted(answer, asked, this.#run);
    this.#blame(flaws, call.exchange);
    this.#unseen.push(...unseen);
    if (value === undefined) this.#decided = false;
    else call.value = value;
    return flaws;
  }

  /**
   * A call that had to be accepted was not. The same call once more tells a server that fails now and then from one that
   * refuses; calls that differ in one thing tell which claim the refusal breaks.
   */
  async #explainRefusal(step: Step, call: CallRecord, answer: HttpAnswer): Promise<Stop | undefined> {
    this.#decided = false;
    const lost = await this.#lostAccess(step, answer);
    if (lost !== undefined) return lost;
    const { target, diagnosis } = this.#run;
    const claim = this.#claimOf(step);
    const repeated = await target.send(call.request, this.#origin(`${step.label}, repeated`));
    if (repeated.kind === 'failure') return undecided(answer, repeated, step.label, 'when it was repeated');
    if (isAccepted(repeated)) {
      const evidence = `and ${repeated.status} when the same call was repeated`;
      return this.#blameRefusal(step, call, answer, { claim: this.#run.operation.acceptedClaim, evidence });
    }
    const control = await diagnosis.control();
    if (control !== 'accepted') return this.#blameRefusal(step, call, answer, control);
    // A claim on one field's values is what the case asks; anything else may be refused for a field beside the point.
    const isLater = this.#calls.some((other) => other !== call && this.#isSame(other, call) && other.step < call.step);
    const found = await diagnosis.explain({ call: this.#asSent(call), symptom: { kind: 'refused' }, claim, isLater });
    return this.#blameRefusal(step, call, answer, found ?? { claim, evidence: '' });
  }

  /** A call with the values that it was sent with: only what names its customer is another one whenever it is asked again. */
  #asSent({ call, fields }: CallRecord): Call {
    const name = this.#run.operation.nameIn(fields);
    const kept = Object.entries(fields).map(([field, value]) => [field, value === name ? call.fields[field] : value]);
    return { ...call, fields: Object.fromEntries(kept) };
  }

  /** @returns why nobody can be blamed, where the diagnosis itself got no answer */
  #blameRefusal(step: Step, call: CallRecord, answer: HttpAnswer, why: Diagnosis | HttpFailure): Stop | undefined {
    if ('kind' in why) return undecided(answer, why, step.label, 'to a call that differs in one thing');
    const { claim, evidence, smallest } = why;
    const shown = smallest?.outcome.kind === 'answer' ? smallest.outcome : answer;
    const actual = `status ${shown.status}${evidence === '' ? '' : `; ${evidence}`}`;
    this.#blame([{ claim, expected: 'status 200', actual }], this.#keepSmallest(smallest) ?? call.exchange);
    return undefined;
  }

  /** @returns the index of its exchange; undefined where no smaller call was found */
  #keepSmallest(smallest: AskedCall | undefined): number | undefined {
    if (smallest === undefined) return undefined;
    this.#exchanges.push(recordOf('the smallest call that shows it', smallest.call, smallest));
    return this.#exchanges.length - 1;
  }

  /** Why nothing can be judged any more, where the run was let in before. */
  async #lostAccess(step: Step, answer: HttpAnswer): Promise<Stop | undefined> {
    const { memory, access, ordinary, operation } = this.#run;
    const told = { isMet: !memory.isEmpty, inWords: operation.refusalInWords };
    const reason = await access.explains(answer, (position) => ordinary('access', position), told);
    return reason === undefined ? undefined : { verdict: 'error', reason: `${step.label}: ${reason}` };
  }

  #claimOf(step: Step): string {
    return step.blames ?? this.#case.claim;
  }

  #stopFor(flaws: readonly Flaw[], call: CallRecord, stop: boolean): void {
    this.#blame(flaws, call.exchange);
    if (stop) this.#decided = false;
  }

  #blame(flaws: readonly Flaw[], exchange: number): void {
    for (const flaw of flaws) this.#findings.push({ ...flaw, exchange });
  }

  #asked(step: Step, call: CallRecord, { retried }: HttpAnswer): Omit<AskedFor, 'open'> {
    return {
      step,
      fields: call.fields,
      others: step.mixUpClaim === undefined ? [] : this.#otherFields(call, step),
      // An attempt that came to nothing may have created the customer, however long before this answer.
      isNew: step.newCustomer === true && retried.length === 0,
    };
  }

  /** Of calls at the same time, the others; of a call alone, those that were refused before it for its customer. */
  #otherFields(call: CallRecord, { calls }: Step): CallRecord['fields'][] {
    const isMixedUp = (other: CallRecord) =>
      calls.length > 1 ? other.step === call.step : other.value === undefined && this.#isSame(other, call);
    return this.#calls.filter((other) => other !== call && isMixedUp(other)).map(({ fields }) => fields);
  }

  #isSame(one: CallRecord, other: CallRecord): boolean {
    const { nameIn } = this.#run.operation;
    return nameIn(one.fields) === nameIn(other.fields);
  }
}

/** A call that was made, not yet in its place among the others of its step. */
interface Asking {
  readonly call: Call;
  readonly request: HttpRequest;
  readonly outcome: HttpOutcome;
}

function notJudged(unseen: readonly string[]): string {
  return `not judged: ${unseen.length > 0 ? [...new Set(unseen)].join('; ') : 'an answer lacks what it has to be judged by'}`;
}

/** Statuses that a server which lets nobody in answers a bad request with, as it does any other. */
const GENERAL_REFUSALS = new Set([401, 403, 404, 405, 415]);

/** 64 hexadecimal digits that belong to a case and its data, and to the run where the case needs new customers. */
function digitsFor(testCase: Case, nonce: string): string {
  const parts = [testCase.id, JSON.stringify(testCase.steps), testCase.customers === 'new' ? nonce : ''];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
