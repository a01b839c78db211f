import { messageOf } from '../../spec/setup-error.ts';
import type { Case } from '../cases/case.ts';
import type { Stop } from '../judge/could-not-judge.ts';
import type { CaseResult } from '../judge/result.ts';
import type { Run } from '../judge/run.ts';
import { Conversation, Flawed, Unjudged } from './conversation.ts';
import type { Attempt, Talk } from './property.ts';

/**
 * While a counterexample is looked for, a refusal is not explained: asking what makes the difference costs requests, and
 * only the shrunk counterexample's matters.
 */
const UNEXPLAINED: Run['diagnosis'] = {
  control: async () => 'accepted',
  explain: async () => undefined,
};

/** The executions of one property, and what is left of them: the last one that failed is the smallest. */
export class Search {
  readonly #case: Case;
  readonly #run: Run;
  #executions = 0;
  #shrinks: number | undefined;
  #smallest: { readonly talk: Talk; readonly conversation: Conversation } | undefined;
  #stopped: { readonly why: Stop; readonly conversation: Conversation } | undefined;
  /** References that were accepted. */
  customers = 0;
  /** Calls made, those of the counterexample included. */
  requests = 0;
  /** Attempts among them that were repeated. */
  retries = 0;

  constructor(testCase: Case, run: Run) {
    this.#case = testCase;
    this.#run = run;
  }

  /** Executes talks until something stops the search: no answer, a defect of ours, or no shrinks left. */
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
   * The property's result. A counterexample is executed once more, with its refusals explained; a server that fails now
   * and then may not do it again, and is judged by what it did.
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
    return (again.isFlawed ? again : conversation).result();
  }

  /** A result without a flaw. */
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

  #count({ calls }: Conversation): void {
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
