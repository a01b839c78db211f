import { NAME_FIELD } from '../suites/judge/customer/request.ts';
import type { ReportedCase, ReportedExchange } from './reported-case.ts';
import { stepsUpTo } from './steps.ts';

/** A command for a POSIX shell, and what it is for. */
export interface Command {
  readonly name: 'Reproduce' | 'Then' | 'Search again';
  readonly step: string;
  readonly shell: string;
}

/**
 * What has to be sent, in this order, to see a finding again: a later answer can be wrong because of an earlier call, or
 * because of another that was made at the same time. Last, for a property, what searches again under new references.
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
  // The case is named, since a .env file could leave it out.
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

/** How far a property was tried; undefined for a case that is none, and for a property that was left out. */
export function triedText({ verdict, tried }: Pick<ReportedCase, 'verdict' | 'tried'>): string | undefined {
  if (tried === undefined) return undefined;
  const { seed, runs, failedAt } = tried;
  if (failedAt === undefined) return `tried in ${runs} executions with seed ${seed}`;
  return verdict === 'fail' || verdict === 'waived'
    ? `found at execution ${failedAt} of ${runs} with seed ${seed}, and shrunk to the smallest that shows it`
    : `ended at execution ${failedAt} of ${runs} with seed ${seed}`;
}
