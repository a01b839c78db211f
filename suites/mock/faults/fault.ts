import type { MockSetup } from '../mock.ts';

/** Replacements of the mock's steps; new for every mock, because a fault may have state. */
export type FaultPatch = Pick<MockSetup, 'steps' | 'rewrite'>;

/** A mock with a single error that no schema can express. */
export interface Fault {
  /** Frozen; words and hyphens. */
  readonly name: string;
  /** The claim that it breaks. */
  readonly claim: string;
  /** Other claims that the same behaviour may break, depending on the calls. */
  readonly related: readonly string[];
  /** What the mock does, as a sentence. */
  readonly description: string;
  /** Too rare for a few requests: properties have to search longer for it. */
  readonly onlyInCombination?: true;
  patch(): FaultPatch;
}

/** A fault. @param claims the broken one, then others that the same behaviour may break, depending on the calls */
export function fault(
  name: string,
  [claim, ...related]: readonly [string, ...string[]],
  description: string,
  patch: Fault['patch'],
): Fault {
  return { name, claim, related, description, patch };
}
