import type { HttpAnswer, HttpFailure } from '../targets/target.ts';

/** Why a case ends early without breaking a claim. */
export interface Stop {
  readonly verdict: 'error' | 'not-run';
  readonly reason: string;
  /** Label of the step whose call could not be judged. */
  readonly step?: string;
}

/** A call without an answer. @param label of its step */
export function unanswered(failure: HttpFailure, label: string): Stop {
  return stopFor(failure, failure.message, label);
}

/** An answer with an unknown cause, because the call to find it got no answer. @param where describes that call */
export function undecided({ status }: HttpAnswer, failure: HttpFailure, label: string, where: string): Stop {
  return stopFor(failure, `status ${status}, and no answer ${where}: ${failure.message}`, label);
}

/** Only recorded requests can be replayed; others are not errors. */
function stopFor({ reason, message }: HttpFailure, text: string, step: string): Stop {
  return reason === 'not-recorded' ? { verdict: 'not-run', reason: message } : { verdict: 'error', reason: text, step };
}
