import type { Exchange, Finding } from '../suites/judge/result.ts';

/**
 * The code of a finding: claim id, slash, and the kind of what was seen. It does not depend on values that differ from run
 * to run: `CLAIM/same-id` (what did not hold between answers), `CLAIM/error.code` (a place in the body), `CLAIM/body` (the
 * body as a whole), `CLAIM/status-200` (the answer as a whole), `CLAIM/no-answer`.
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
