import type { Call } from '../cases/case.ts';
import type { HttpFailure } from '../targets/target.ts';
import type { AskedCall } from './exchange.ts';

/** The claim to blame for an answer, with evidence. */
export interface Diagnosis {
  readonly claim: string;
  /** Appended to the actual value in the finding. */
  readonly evidence: string;
  /** The smallest call that shows it, if found. */
  readonly smallest?: AskedCall;
}

/**
 * Sends a call with a new reference.
 * @param scope what is being explained @param position index of the question in that explanation, from 0
 */
export type Ask = (call: Call, scope: string, position: number) => Promise<AskedCall>;

/** The problem: the call is refused, gets no answer, or has a field changed. */
export type Symptom =
  | { readonly kind: 'refused' | 'unanswered' }
  | { readonly kind: 'changed'; readonly field: string };

/** A problem to explain. */
export interface Explained {
  readonly call: Call;
  readonly symptom: Symptom;
  /** The claim that the case is about. */
  readonly claim: string;
  /** Whether an earlier call had the same name. */
  readonly isLater: boolean;
}

/** A known cause; further calls with it need no search. */
export interface Cause extends Diagnosis {
  readonly symptom: string;
  /** The field to blame, if it is a single one. */
  readonly field?: string;
  readonly explains: (call: Call) => boolean;
}

/** @returns the call if it shows the symptom, else undefined @throws Unanswered, Spent */
export type Question = (call: Call) => Promise<AskedCall | undefined>;

/** A question got no answer, so that it decides nothing. */
export class Unanswered extends Error {
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The budget is used up; the rest stays unexplained. */
export class Spent extends Error {}
