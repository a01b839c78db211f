import { ALL_FAULTS } from '../faults/all.ts';
import { answerMutants } from './answer-mutants.ts';
import { bodyMutants } from './body-mutants.ts';
import type { Mutant } from './mutant.ts';
import type { RawDocument } from './raw-document.ts';
import { requestMutants } from './request-mutants.ts';

/** All wrong servers that the proof checks in one process. */
export function allMutants(document: RawDocument): Mutant[] {
  const faults = ALL_FAULTS.map(
    ({ name, claim, description, related, onlyInCombination, patch }): Mutant => ({
      id: `fault:${name}`,
      kind: onlyInCombination === true ? 'combination' : 'fault',
      claim,
      description,
      related,
      patch,
    }),
  );
  return [...answerMutants(document), ...bodyMutants(), ...requestMutants(document), ...faults];
}
