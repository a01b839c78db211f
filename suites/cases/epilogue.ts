import { type Case, makeCase, type Step } from './case.ts';

/** How many of the first customers are asked for once more. */
const FIRST = 3;

/** A server may forget after some customers, or after a while: the first ones of a run, asked for again as they were. */
export function epilogueOf(cases: readonly Case[]): readonly Case[] {
  const steps = cases
    .filter(({ steps: [first, ...others] }) => first?.expect === 'accepted' && others.length === 0)
    .slice(0, FIRST)
    .flatMap((owner) =>
      owner.steps.map(
        ({ calls, expect }): Step => ({
          ...{ calls, expect, owner, blames: 'RS-1', tokenClaim: 'TK-4' },
          label: `the customer of ${owner.id} again`,
        }),
      ),
    );
  return [makeCase('GC-1/end-of-the-run', 'the first customers of the run are the same at its end', steps)];
}
