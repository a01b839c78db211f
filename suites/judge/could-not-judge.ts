import type { HttpAnswer, HttpFailure } from '../targets/target.ts';

/** Why a case ends before its last step, without anybody to blame. */
export interface Stop {
  readonly verdict: 'error' | 'not-run';
  readonly reason: string;
}

/** No answer came to a call. @param label of its step */
export function unanswered(failure: HttpFailure, label: string): Stop {
  return stopFor(failure, `${label}: ${failure.message}`);
}

/** An answer could be anybody's fault, and what would tell whose got no answer. @param where the second call, in words */
export function undecided({ status }: HttpAnswer, failure: HttpFailure, label: string, where: string): Stop {
  return stopFor(failure, `${label}: status ${status}, and no answer ${where}: ${failure.message}`);
}

/** What was not recorded cannot be replayed; that is nobody's error. */
function stopFor({ reason, message }: HttpFailure, told: string): Stop {
  return reason === 'not-recorded' ? { verdict: 'not-run', reason: message } : { verdict: 'error', reason: told };
}
