import type fc from 'fast-check';
import type { Case, Relation, Step } from '../cases/case.ts';
import { Judgement } from '../judge/judgement.ts';
import type { Stop } from '../judge/no-answer.ts';
import type { CaseResult } from '../judge/result.ts';
import type { Run } from '../judge/run.ts';

/** An answer broke a claim. Ends an execution; fast-check then shrinks the counterexample. */
export class Flawed extends Error {
  override readonly name = 'Flawed';
}

/** The target gave no answer that could be judged. */
export class Unjudged extends Error {
  override readonly name = 'Unjudged';
  readonly stop: Stop;

  constructor(stop: Stop) {
    super(stop.reason);
    this.stop = stop;
  }
}

/** Body of the answer to an accepted call. */
export type AnswerBody = Readonly<Record<string, unknown>>;

/**
 * One execution of a property: calls with unique references, judged step by step like the table cases. It ends at the first
 * flaw, so that a flaw's consequences are not blamed on further claims.
 */
export class Conversation {
  readonly judgement: Judgement;
  readonly #started = performance.now();
  #steps = 0;

  /** @param run with a unique nonce, so that executions never share customers */
  constructor(testCase: Case, run: Run) {
    this.judgement = new Judgement(testCase, run);
  }

  /**
   * Makes a step's calls and judges the answers.
   * @returns the bodies in the order of the calls; undefined for a call that should be refused
   * @throws Flawed, Unjudged
   */
  async take(step: Step): Promise<readonly (AnswerBody | undefined)[]> {
    const unjudged = await this.judgement.take(step, this.#steps++);
    if (unjudged !== undefined) throw new Unjudged(unjudged);
    this.#stopIfFlawed();
    return this.judgement.lastAnswers;
  }

  /** Checks a relation between answers. @throws Flawed */
  compare(kind: Relation['kind'], claim: string, bodies: readonly AnswerBody[]): void {
    const answered = bodies.map((value) => ({ step: 0, value }));
    this.judgement.compare({ kind, steps: [0], claim }, answered);
    this.#stopIfFlawed();
  }

  /** Checks the answers against those of all other executions and cases. @throws Flawed */
  async end(): Promise<void> {
    await this.judgement.relate();
    this.#stopIfFlawed();
  }

  /** The case's result. @param stop why it could not be judged */
  result(stop?: Stop): CaseResult {
    return this.judgement.result(stop?.verdict ?? 'pass', this.#started, stop);
  }

  #stopIfFlawed(): void {
    const [flaw] = this.judgement.findings;
    if (flaw !== undefined) throw new Flawed(`${flaw.claim}: expected ${flaw.expected}, actual ${flaw.actual}`);
  }
}

/** The calls and checks of one execution. @throws Flawed at the first flaw */
export type Talk = (conversation: Conversation) => Promise<void>;

/** Executes a talk with unique references. @throws whatever the talk throws */
export type Attempt = (talk: Talk) => Promise<void>;

/** Input for generating requests. */
export type Material = Pick<Run, 'form' | 'validators'>;

/** A fast-check property that every conforming server has. */
export type Property = (material: Material, attempt: Attempt) => fc.IAsyncProperty<unknown>;
