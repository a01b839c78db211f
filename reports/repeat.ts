import { NAME_FIELD } from '../suites/judge/customer/request.ts';
import type { ReportedCase, ReportedExchange } from './reported-case.ts';
import { stepsUpTo } from './steps.ts';

/** A command for a POSIX shell, and what it is for. */
export interface Command {
  readonly step: string;
  readonly shell: string;
}

/**
 * What has to be sent, in this order, to see a finding again: a later answer can be wrong because of an earlier call, or
 * because of another that was made at the same time.
 * @param exchange index of the exchange that shows it
 */
export function commandsUpTo(failed: Pick<ReportedCase, 'exchanges' | 'newCustomer'>, exchange: number): Command[] {
  return stepsUpTo(failed, exchange).map(({ label, exchanges: step }, index): Command => {
    const hint = failed.newCustomer && index === 0 ? `; first give ${NAME_FIELD} a new value` : '';
    return { step: `${label}${hint}`, shell: step.length === 1 ? (step[0]?.curl ?? '') : atOnce(step) };
  });
}

function atOnce(step: readonly ReportedExchange[]): string {
  const [first] = step;
  if (first !== undefined && step.every((one) => one.curl === first.curl)) {
    const numbers = step.map((_, index) => index + 1).join(' ');
    return `for i in ${numbers}; do\n  ${first.curl} &\ndone; wait`;
  }
  return [...step.map((one) => `${one.curl} &`), 'wait'].join('\n');
}
