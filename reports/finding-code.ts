import type { Exchange, Finding } from '../suites/judge/result.ts';

/**
 * The code of a finding: claim id, slash, and what is wrong. It does not depend on values that differ between runs:
 * `CLAIM/same-id` (a relation between answers), `CLAIM/error.code` (a place in the body), `CLAIM/body` (the whole body),
 * `CLAIM/status-200` (the whole answer), `CLAIM/no-answer`.
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
