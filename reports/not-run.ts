import type { Report } from './report.ts';

/** Cases that were not run, by the reason, in the order in which the reasons first come up. */
export function notRunByReason({ cases }: Pick<Report, 'cases'>): ReadonlyMap<string, readonly string[]> {
  const byReason = new Map<string, string[]>();
  for (const { id, verdict, reason = 'no reason is known' } of cases) {
    if (verdict === 'not-run') byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  }
  return byReason;
}
