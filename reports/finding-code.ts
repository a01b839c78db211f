import type { Exchange, Finding } from '../suites/judge/result.ts';

/**
 * The code of a finding: claim id, slash, and the kind of what was seen. It does not depend on values that differ from run
 * to run: `GC-1/same-id` (what did not hold between answers), `RS-4/email_address` (a place in the body), `EP-4/body` (the
 * body as a whole), `RQ-10/status-200` (the answer as a whole), `RS-1/no-answer`.
 */
export function findingCode(
  { claim, relation, pointer, exchange }: Finding,
  exchanges: readonly Pick<Exchange, 'response'>[],
): string {
  if (relation !== undefined) return `${claim}/${relation.kind}`;
  if (pointer !== undefined) return `${claim}/${pointer === '' ? 'body' : pointer.slice(1).replaceAll('/', '.')}`;
  const status = exchanges[exchange]?.response?.status;
  return `${claim}/${status === undefined ? 'no-answer' : `status-${status}`}`;
}
