import type { HttpAnswer, HttpFailure } from '../targets/target.ts';

/** Why a case ends early without breaking a claim. */
export interface Stop {
  readonly verdict: 'error' | 'not-run';
  readonly reason: string;
}

/** A call without an answer. @param label of its step */
export function unanswered(failure: HttpFailure, label: string): Stop {
  return stopFor(failure, `${label}: ${failure.message}`);
}

/** An answer with an unknown cause, because the call to find it got no answer. @param where describes that call */
export function undecided({ status }: HttpAnswer, failure: HttpFailure, label: string, where: string): Stop {
  return stopFor(failure, `${label}: status ${status}, and no answer ${where}: ${failure.message}`);
}

/** Only recorded requests can be replayed; others are not errors. */
function stopFor({ reason, message }: HttpFailure, text: string): Stop {
  return reason === 'not-recorded' ? { verdict: 'not-run', reason: message } : { verdict: 'error', reason: text };
}
