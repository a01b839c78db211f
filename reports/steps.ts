import type { ReportedCase, ReportedExchange, ReportedFinding } from './reported-case.ts';

/** One step of a case: a call, or a few that were made at the same time. */
export interface ShownStep {
  readonly label: string;
  readonly exchanges: readonly ReportedExchange[];
}

/** What has to hold between answers, in words. */
const RELATIONS: Readonly<Record<NonNullable<ReportedFinding['relation']>['kind'], string>> = {
  'same-id': 'the same id',
  'same-created': 'the same time of creation',
  'same-data': 'the same data',
  'same-fields': 'no field missing that was there before',
  'one-id': 'one id in every answer',
  'different-ids': 'a different id for each customer',
  'different-tokens': 'a different token for each customer',
};

/** A case's exchanges by step; a report that does not number them has a step for each label. */
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
 * The steps that have to be made until a finding is seen. A call that belongs to no step of the case was made to find the
 * smallest that shows it, and shows it alone.
 * @param exchange index of the exchange that shows it
 */
export function stepsUpTo(one: Pick<ReportedCase, 'exchanges'>, exchange: number): ShownStep[] {
  const steps = stepsOf(one);
  const shown = one.exchanges[exchange];
  const last = steps.findIndex(({ exchanges }) => exchanges.some((call) => call === shown));
  const isAlone = shown?.stepIndex === undefined && one.exchanges[0]?.stepIndex !== undefined;
  return steps.slice(isAlone ? last : 0, last + 1);
}

/** What has to hold between the steps of a case, and whether it did; undefined where the case was stopped before. */
export interface ShownRelation {
  readonly text: string;
  readonly held: boolean | undefined;
}

/** The relations of a case, the broken one marked; of a property, the broken one alone is known. */
export function relationsOf({ relations = [], findings, verdict }: ReportedCase): ShownRelation[] {
  const broken = findings.flatMap(({ relation }) => relation ?? []);
  const listed = relations.length > 0 ? relations : broken;
  const isDecided = verdict === 'pass' || broken.length > 0;
  return listed.map(({ kind, steps }) => {
    const isBroken = broken.some((one) => one.kind === kind && one.steps.join() === steps.join());
    const where =
      relations.length === 0
        ? ''
        : `${steps.length > 1 ? 'steps' : 'step'} ${steps.map((step) => step + 1).join(' and ')}: `;
    return { text: `${where}${RELATIONS[kind]}`, held: isBroken ? false : isDecided ? true : undefined };
  });
}
