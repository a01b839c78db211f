import type { Relation, Step } from '../cases/case.ts';
import { canDiffer } from '../cases/credentials.ts';
import { isAccepted } from './body.ts';
import { CaseRecord } from './case-record.ts';
import type { CallRecord } from './exchange.ts';
import { holdAgainstOthers } from './hold-against-others.ts';
import {
  blameUnlessLost,
  explainRefusal,
  type Given,
  judgeAccepted,
  lostAccess,
  readAnswer,
} from './judge-accepted.ts';
import { judgeNoAnswer, kindOf } from './judge-no-answer.ts';
import type { Stop } from './no-answer.ts';
import type { AnsweredCall } from './operation.ts';
import type { CaseResult, CaseVerdict } from './result.ts';

/** The judgement of one case. */
export class Judgement extends CaseRecord {
  #last: readonly CallRecord[] = [];

  /** The bodies of the last step's answers, in the step's order; undefined for refused calls. */
  get lastAnswers(): readonly CallRecord['value'][] {
    return this.#last.map(({ value }) => value);
  }

  reasonNotToRun(): string | undefined {
    const { target, access } = this.run;
    if (access.reason !== undefined) return access.reason;
    const { apiKey } = target;
    const kinds = this.case.steps.flatMap((step) => step.calls.map((call) => call.credentials ?? 'right'));
    return kinds.every((kind) => canDiffer(kind, apiKey))
      ? undefined
      : 'the API key has no letter whose case could be changed';
  }

  /** Sends a step's calls and checks the answers. @returns why it cannot be judged, if so */
  async take(step: Step, index: number): Promise<Stop | undefined> {
    const reason = this.run.noAnswers.reasonNotToAsk(kindOf(this, step));
    if (reason !== undefined) return { verdict: 'not-run', reason };
    await this.waitUntilKnown(step);
    const asked = await this.sendAll(step);
    // In the order of the calls, not of the answers, so that two runs have the same findings.
    const calls = asked.map((exchange) => this.keep(exchange, step, index));
    this.#last = calls;
    for (const call of calls) {
      const { outcome } = call;
      const stop = outcome.kind === 'failure' ? await judgeNoAnswer(this, step, call, outcome) : undefined;
      if (stop !== undefined) return stop;
    }
    for (const call of calls) {
      const stop =
        call.outcome.kind === 'answer'
          ? await this.#check({ record: this, step, call, answer: call.outcome })
          : undefined;
      if (stop !== undefined) return stop;
    }
    return undefined;
  }

  /** Checks relations between the case's answers, and with all other answers of the run. */
  async relate(): Promise<void> {
    if (this.isDecided) this.#compareAll();
    await holdAgainstOthers(this);
  }

  #compareAll(): void {
    const answered = this.calls.flatMap(({ step, value, fields }) =>
      value === undefined ? [] : [{ step, value, fields }],
    );
    for (const relation of this.case.relations ?? []) {
      const known = this.findings.length;
      this.compare(relation, answered);
      // Later relations depend on earlier ones: a new id with every call is not caused by a refusal in between.
      if (this.findings.length > known) return;
    }
  }

  /** Checks one relation between some answers. */
  compare(relation: Relation, answered: readonly AnsweredCall[]): void {
    const { run, case: testCase, exchanges, findings } = this;
    const flaw = run.operation.checkRelation(relation, answered, testCase.claim);
    if (flaw === 'undecided') this.isDecided = false;
    else if (flaw !== undefined) {
      const { kind, steps } = relation;
      findings.push({ ...flaw, exchange: exchanges.length - 1, relation: { kind, steps } });
    }
  }

  result(verdict: CaseVerdict, started: number, { reason, step }: Partial<Stop> = {}): CaseResult {
    const { case: testCase, run, exchanges, findings, calls } = this;
    const { id, claim, title, observe, customers } = testCase;
    const broken = findings.some((finding) => finding.claim === claim);
    const { operation } = run;
    const references = new Set(calls.map(({ fields }) => operation.nameIn(fields)));
    references.delete('');
    const seen = calls.flatMap(({ outcome, fields }) =>
      outcome.kind === 'answer' ? [{ answer: outcome, fields }] : [],
    );
    const together = this.#together();
    const unseen = this.unseen.filter((one) => one.claim === claim).map(({ what }) => what);
    const isDecided = this.isDecided && unseen.length === 0;
    const isUnseen = verdict === 'pass' && !isDecided && findings.length === 0;
    const observed = observe !== undefined && verdict === 'observed' ? operation.observe(observe, seen) : undefined;
    return {
      id,
      claim,
      title,
      verdict: findings.length > 0 ? 'fail' : isUnseen ? 'not-run' : verdict,
      held: broken ? false : (verdict === 'pass' || verdict === 'observed') && isDecided ? true : null,
      findings,
      ...(observed === undefined ? {} : { observed, observation: operation.observationText(observed) }),
      ...(reason === undefined && !isUnseen ? {} : { reason: reason ?? notJudged(unseen) }),
      ...(step === undefined ? {} : { step }),
      ...(together === undefined ? {} : { together }),
      exchanges,
      customers: { kept: 0, new: 0, [customers]: references.size },
      ms: performance.now() - started,
    };
  }

  /** How many concurrent calls were requested and allowed, if fewer were allowed. */
  #together(): CaseResult['together'] | undefined {
    const { run, case: testCase } = this;
    const { atOnce = Number.POSITIVE_INFINITY } = run.target;
    const asked = Math.max(0, ...testCase.steps.map(({ calls }) => calls.length));
    return asked > 1 && asked > atOnce ? { asked, atOnce } : undefined;
  }

  /** @returns why the cause is unknown, if so */
  async #check(given: Given): Promise<Stop | undefined> {
    const { step, call, answer } = given;
    const { operation, memory } = this.run;
    switch (step.expect) {
      case 'accepted':
        return isAccepted(answer) || operation.isAcceptedBody(answer)
          ? await judgeAccepted(given)
          : await explainRefusal(given);
      case 'bad-request':
        return await this.#checkBadRequest(given);
      case 'refused': {
        const lost = answer.status < 500 ? undefined : await lostAccess(given, true);
        if (lost !== undefined) return lost;
        const name = operation.nameIn(call.fields);
        const claim = this.claimOf(step);
        const flaws = operation.checkRefused(answer, claim, call, this.calls, memory.known(name));
        this.stopFor(flaws, call, isAccepted(answer));
        break;
      }
      case 'anything':
        if (isAccepted(answer) && !operation.isErrorBody(answer, this.run)) {
          readAnswer(given, true);
        } else if (
          answer.status === 400 &&
          step.calls.every(operation.differsInFieldsAlone) &&
          !operation.isAcceptedBody(answer)
        ) {
          this.blame(operation.checkErrorBody(answer, this.run), call.exchange);
        }
    }
    return undefined;
  }

  async #checkBadRequest(given: Given): Promise<Stop | undefined> {
    const { step, call, answer } = given;
    const { operation, diagnosis } = this.run;
    const flaws = operation.checkBadRequest(answer, this.claimOf(step), call.fields, this.run);
    const lost = await lostAccess(given, answer.status !== 400 && !isAccepted(answer));
    if (lost !== undefined) return lost;
    if (GENERAL_REFUSALS.has(answer.status)) {
      const control = await diagnosis.control();
      if (control !== 'accepted') return await blameUnlessLost(given, control);
    }
    this.stopFor(flaws, call, answer.status !== 400);
    return undefined;
  }
}

function notJudged(unseen: readonly string[]): string {
  return `not judged: ${unseen.length > 0 ? [...new Set(unseen)].join('; ') : 'an answer lacks the data to judge it'}`;
}

/** Statuses of a server that refuses everything, so that they may not be about the bad request. */
const GENERAL_REFUSALS = new Set([401, 403, 404, 405, 415]);
