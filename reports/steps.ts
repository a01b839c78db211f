import type { ReportedCase, ReportedExchange, ReportedFinding } from './reported-case.ts';

/** One step of a case: a call, or several concurrent ones. */
export interface ShownStep {
  readonly label: string;
  readonly exchanges: readonly ReportedExchange[];
}

/** What must hold between answers, in words. */
const RELATIONS: Readonly<Record<NonNullable<ReportedFinding['relation']>['kind'], string>> = {
  'same-id': 'the same id',
  'same-created': 'the same time of creation',
  'same-data': 'the same data',
  'same-fields': 'no field missing that was there before',
  'one-id': 'one id in every answer',
  'different-ids': 'a different id for each customer',
  'different-tokens': 'a different token for each customer',
};

/** A case's exchanges by step; in a report without step numbers, by label. */
export function stepsOf({ exchanges }: Pick<ReportedCase, 'exchanges'>): ShownStep[] {
  const steps: { label: string; index: number | undefined; exchanges: ReportedExchange[] }[] = [];
  for (const one of exchanges) {
    const current = steps.at(-1);
    if (current?.label === one.step && current.index === one.stepIndex) current.exchanges.push(one);
    else steps.push({ label: one.step, index: one.stepIndex, exchanges: [one] });
  }
  return steps;
}

/**
 * The steps that reproduce a finding. A call that belongs to no step was made to find the smallest one that shows it, and is
 * enough.
 * @param exchange index of the exchange that shows it
 */
export function stepsUpTo(one: Pick<ReportedCase, 'exchanges'>, exchange: number): ShownStep[] {
  const steps = stepsOf(one);
  const shown = one.exchanges[exchange];
  const last = steps.findIndex(({ exchanges }) => exchanges.some((call) => call === shown));
  const isAlone = shown?.stepIndex === undefined && one.exchanges[0]?.stepIndex !== undefined;
  return steps.slice(isAlone ? last : 0, last + 1);
}

/** The relations of a case, the broken one marked; of a property, only the broken one is known. */
export function relationsOf({ relations = [], findings, verdict }: ReportedCase) {
  const broken = findings.flatMap(({ relation }) => relation ?? []);
  const otherwise = verdict === 'pass' || broken.length > 0 ? ('held' as const) : ('undecided' as const);
  return (relations.length > 0 ? relations : broken).map(({ kind, steps }) => {
    const isBroken = broken.some((one) => one.kind === kind && one.steps.join() === steps.join());
    const numbers = steps.map((step) => step + 1).join(' and ');
    const where = relations.length === 0 ? '' : `${steps.length > 1 ? 'steps' : 'step'} ${numbers}: `;
    return { text: `${where}${RELATIONS[kind]}`, state: isBroken ? ('broken' as const) : otherwise };
  });
}
