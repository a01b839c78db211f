import type { HttpOutcome } from './target.ts';

/** Failed requests in a row, after which an ordinary request checks whether the target still answers. */
const FAILURES = 5;

/**
 * Ends a run whose target has stopped answering. A server that hangs on some requests but answers an ordinary one has not,
 * no matter how many of them hang.
 * @param probe sends an ordinary request @param onOpen is called once, with the reason
 */
export function createBreaker(probe: () => Promise<HttpOutcome>, onOpen: (reason: string) => void) {
  let failures = 0;
  let isAsking = false;
  let reason: string | undefined;

  /** Ends the run. @param why for the report */
  function open(why: string): void {
    if (reason !== undefined) return;
    reason = why;
    onOpen(why);
  }

  async function ask(): Promise<void> {
    isAsking = true;
    const outcome = await probe();
    isAsking = false;
    failures = 0;
    if (outcome.kind === 'answer' || outcome.reason === 'stopped') return;
    open(
      `the target stopped answering: after ${FAILURES} failed requests in a row an ordinary one failed too (${outcome.message})`,
    );
  }

  return {
    open,
    /** Why nothing is sent any more; undefined while requests may be sent. */
    get reason(): string | undefined {
      return reason;
    },
    /** Counts failed requests. @returns the outcome it was given */
    watch(outcome: HttpOutcome): HttpOutcome {
      if (outcome.kind === 'answer') failures = 0;
      else if (outcome.reason !== 'stopped') failures += 1;
      if (failures >= FAILURES && !isAsking && reason === undefined) void ask();
      return outcome;
    },
  };
}

export type Breaker = ReturnType<typeof createBreaker>;
