import type { Patch } from '../patches.ts';

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
  readonly patch: Patch;
}

/** A fault as a row of a table. `claims`: the broken one, then the related ones, with spaces in between. */
export type FaultRow = readonly [name: string, claims: string, description: string, patch: Patch];

export function fault([name, claims, description, patch]: FaultRow): Fault {
  const [claim = '', ...related] = claims.split(' ');
  return { name, claim, related, description, patch };
}
