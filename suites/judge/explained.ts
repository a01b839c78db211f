import type { Call } from '../cases/case.ts';
import type { HttpFailure, HttpOutcome, HttpRequest } from '../targets/target.ts';
import type { Fields } from './operation.ts';

/** Who is to blame for an answer, and what shows it. */
export interface Diagnosis {
  readonly claim: string;
  /** For the finding, behind what came back. */
  readonly evidence: string;
  /** The smallest call that shows it, where one was found. */
  readonly smallest?: AskedCall;
}

/** A call as it was made, with what came back. */
export interface AskedCall {
  readonly call: Call;
  readonly fields: Fields;
  readonly request: HttpRequest;
  readonly outcome: HttpOutcome;
}

/**
 * Asks a call, under a reference that no call had before.
 * @param scope what is explained @param position which question of that explanation it is, from 0
 */
export type Ask = (call: Call, scope: string, position: number) => Promise<AskedCall>;

/** What is wrong: the call is refused, gets no answer, or is answered with a field changed. */
export type Symptom =
  | { readonly kind: 'refused' | 'unanswered' }
  | { readonly kind: 'changed'; readonly field: string };

/** What is to be explained. */
export interface Explained {
  readonly call: Call;
  readonly symptom: Symptom;
  /** The claim that the case is about. */
  readonly claim: string;
  /** There was a call for the same name before. */
  readonly isLater: boolean;
}

/** What was found to be the reason once: the next call that has it need not be searched. */
export interface Cause extends Diagnosis {
  readonly symptom: string;
  /** The field that is to blame, where it is one. */
  readonly field?: string;
  readonly explains: (call: Call) => boolean;
}

/** @returns the call where it shows the symptom, undefined where it does not @throws Unanswered, Spent */
export type Question = (call: Call) => Promise<AskedCall | undefined>;

/** A call came to nothing, so that nothing follows from it. */
export class Unanswered extends Error {
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Enough was asked; what is not known by now stays so. */
export class Spent extends Error {}
