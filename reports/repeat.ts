import { NAME_FIELD } from '../suites/judge/customer/request.ts';
import type { ReportedCase, ReportedExchange } from './reported-case.ts';
import { stepsUpTo } from './steps.ts';

/** A command for a POSIX shell, and its purpose. */
export interface Command {
  readonly name: 'Reproduce' | 'Then' | 'Search again';
  readonly step: string;
  readonly shell: string;
}

/**
 * The commands that reproduce a finding, in order: an answer can be wrong because of an earlier or concurrent call. For a
 * property, the last command repeats the search with new references.
 * @param exchange index of the exchange that shows it
 */
export function commandsUpTo(failed: ReportedCase, exchange: number): Command[] {
  const calls = stepsUpTo(failed, exchange).map(({ label, exchanges: step }, index): Command => {
    const hint = failed.newCustomer && index === 0 ? `; first give ${NAME_FIELD} a new value` : '';
    const shell = step.length === 1 ? (step[0]?.curl ?? '') : atOnce(step);
    return { name: index === 0 ? 'Reproduce' : 'Then', step: `${label}${hint}`, shell };
  });
  if (failed.tried === undefined) return calls;
  const { seed, runs } = failed.tried;
  // Names the case, because a .env file could exclude it.
  const shell = `juspay-conformance run --properties on --seed ${seed} --runs ${runs} --case ${failed.id}`;
  return [...calls, { name: 'Search again', step: `with the settings of this run; ${triedText(failed)}`, shell }];
}

function atOnce(step: readonly ReportedExchange[]): string {
  const [first] = step;
  if (first !== undefined && step.every((one) => one.curl === first.curl)) {
    const numbers = step.map((_, index) => index + 1).join(' ');
    return `for i in ${numbers}; do\n  ${first.curl} &\ndone; wait`;
  }
  return [...step.map((one) => `${one.curl} &`), 'wait'].join('\n');
}

/** How often a property was tried; undefined for other cases, and for a property that was not run. */
export function triedText({ verdict, tried }: Pick<ReportedCase, 'verdict' | 'tried'>): string | undefined {
  if (tried === undefined) return undefined;
  const { seed, runs, failedAt } = tried;
  if (failedAt === undefined) return `tried in ${runs} executions with seed ${seed}`;
  return verdict === 'fail' || verdict === 'waived'
    ? `found at execution ${failedAt} of ${runs} with seed ${seed}, and shrunk to the smallest that shows it`
    : `ended at execution ${failedAt} of ${runs} with seed ${seed}`;
}
