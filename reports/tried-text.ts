import type { Tried } from '../suites/judge/result.ts';
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

/** Said beside the command: on its own it would ask the mock. */
export const WITH_SAME_SETTINGS = 'to search again, with the settings of this run';

/** Finds a property's counterexample again, under new references. It is named, since a .env file could leave it out. */
export function searchAgain(id: string, { seed, runs }: Tried): string {
  return `juspay-conformance run --properties on --seed ${seed} --runs ${runs} --case ${id}`;
}
