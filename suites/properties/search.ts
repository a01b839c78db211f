import { messageOf } from '../../spec/setup-error.ts';
import type { Case } from '../cases/case.ts';
import type { Stop } from '../judge/no-answer.ts';
import type { CaseResult } from '../judge/result.ts';
import type { Run } from '../judge/run.ts';
import { type Attempt, Conversation, Flawed, type Talk, Unjudged } from './conversation.ts';

/**
 * No diagnosis during the search: explaining a refusal costs requests, and only that of the shrunk counterexample matters.
 */
const UNEXPLAINED: Run['diagnosis'] = {
  control: async () => 'accepted',
  explain: async () => undefined,
};

/** Runs the executions of one property and keeps the smallest counterexample: the last that failed. */
export class Search {
  readonly #case: Case;
  readonly #run: Run;
  #executions = 0;
  #shrinks: number | undefined;
  #smallest: { readonly talk: Talk; readonly conversation: Conversation } | undefined;
  #stopped: { readonly why: Stop; readonly conversation: Conversation } | undefined;
  /** Number of accepted references. */
  customers = 0;
  /** Number of calls, including the counterexample's. */
  requests = 0;
  /** Number of retries. */
  retries = 0;

  constructor(testCase: Case, run: Run) {
    this.#case = testCase;
    this.#run = run;
  }

  /** Executes talks until there is no answer, a defect of ours, or no shrink left. */
  attemptWithin(shrinks: number): Attempt {
    return async (talk) => {
      if (this.#stopped !== undefined || this.#shrinks === 0) return;
      if (this.#smallest !== undefined) this.#shrinks = (this.#shrinks ?? shrinks) - 1;
      const conversation = this.#open(UNEXPLAINED);
      try {
        await talk(conversation);
        await conversation.end();
      } catch (thrown) {
        if (thrown instanceof Flawed) this.#smallest = { talk, conversation };
        else this.#stopped = { conversation, why: stopFor(thrown) };
        throw thrown;
      } finally {
        this.#count(conversation);
      }
    };
  }

  /**
   * The property's result. Executes a counterexample once more, with diagnosis; if a flaky server does not fail again, the
   * first failure counts.
   */
  async conclusion(failed: boolean, defect: string | undefined): Promise<CaseResult> {
    if (this.#stopped !== undefined) return this.#stopped.conversation.result(this.#stopped.why);
    if (defect !== undefined) return this.#open(UNEXPLAINED).result(aDefect(defect));
    if (!failed || this.#smallest === undefined) return this.nothingFound();
    const { talk, conversation } = this.#smallest;
    const again = this.#open(this.#run.diagnosis);
    await talk(again).catch((thrown: unknown) => {
      if (!(thrown instanceof Flawed || thrown instanceof Unjudged)) throw thrown;
    });
    this.#count(again);
    return (again.judgement.findings.length > 0 ? again : conversation).result();
  }

  /** The result if no counterexample was found. */
  nothingFound(): CaseResult {
    return this.#open(UNEXPLAINED).result();
  }

  #open(diagnosis: Run['diagnosis']): Conversation {
    this.#executions += 1;
    return new Conversation(this.#case, {
      ...this.#run,
      diagnosis,
      nonce: `${this.#run.nonce} ${this.#executions}`,
      part: `execution ${this.#executions}`,
    });
  }

  #count({ judgement: { calls } }: Conversation): void {
    this.requests += calls.length;
    this.retries += calls.reduce((sum, { outcome }) => sum + outcome.retried.length, 0);
    const accepted = calls.filter(({ outcome }) => outcome.kind === 'answer' && outcome.status === 200);
    this.customers += new Set(accepted.map(({ fields }) => this.#run.operation.nameIn(fields))).size;
  }
}

function stopFor(thrown: unknown): Stop {
  if (thrown instanceof Unjudged) return thrown.stop;
  return aDefect(messageOf(thrown));
}

function aDefect(message: string): Stop {
  return { verdict: 'error', reason: `a defect of the suite: ${message}` };
}
