import type { ReportedCase } from './reported-case.ts';

/** How far a property was tried; undefined for a case that is none, and for a property that was left out. */
export function triedText({ verdict, tried }: Pick<ReportedCase, 'verdict' | 'tried'>): string | undefined {
  if (tried === undefined) return undefined;
  const { seed, runs, failedAt } = tried;
  if (failedAt === undefined) return `tried in ${runs} executions with seed ${seed}`;
  return verdict === 'fail' || verdict === 'waived'
    ? `found at execution ${failedAt} of ${runs} with seed ${seed}, and shrunk to the smallest that shows it`
    : `ended at execution ${failedAt} of ${runs} with seed ${seed}`;
}
