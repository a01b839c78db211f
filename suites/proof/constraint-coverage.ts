import type { OpenAPIV3_1 } from 'openapi-types';
import { listConstraints } from '../../spec/constraints.ts';
import type { Mutant } from '../mock/mutants/mutant.ts';
import type { RawDocument } from '../mock/mutants/raw-document.ts';
import type { Unchanged } from './reasons.ts';

/**
 * Mismatches between the document's constraints and the mutants: constraints that no mutant changes and that have no reason,
 * and reasons without a constraint. As text; empty if there are none.
 */
export function unprovedConstraints(
  document: RawDocument,
  mutants: readonly Mutant[],
  unchanged: readonly Unchanged[],
): string[] {
  const constraints = listConstraints(document as unknown as OpenAPIV3_1.Document);
  const changed = new Set(mutants.flatMap((mutant) => mutant.constraints ?? []));
  const ids = new Set(mutants.map(({ id }) => id));
  const left = constraints.filter(({ pointer }) => !changed.has(pointer));
  return [
    ...left
      .filter(({ pointer }) => !unchanged.some((one) => isAt(one, pointer)))
      .map(
        ({ pointer, claim }) => `unproved: no mutant changes ${pointer} (${claim}), and unchanged.yaml has no reason`,
      ),
    ...unchanged
      .filter((one) => !left.some(({ pointer }) => isAt(one, pointer)))
      .map(({ constraint }) => `orphan: unchanged.yaml names ${constraint}, which is not a constraint without mutants`),
    ...unchanged
      .filter(({ by }) => by !== undefined && !ids.has(by))
      .map(({ by }) => `orphan: unchanged.yaml names ${by}, which is not a mutant`),
  ];
}

/** A star matches one name. */
function isAt({ constraint }: Unchanged, pointer: string): boolean {
  const wanted = constraint.split('/').reverse();
  const found = pointer.split('/').reverse();
  return wanted.every((part, index) => part === '*' || part === found[index]);
}
