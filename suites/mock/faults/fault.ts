import type { MockSetup } from '../mock.ts';

/** Replacements of the mock's steps; new for every mock, because a fault may have state. */
export type FaultPatch = Pick<MockSetup, 'steps' | 'rewrite'>;

/** A mock with a single error that no schema can express. */
export interface Fault {
  /** Frozen; words and hyphens. */
  readonly name: string;
  /** The claim that it breaks. */
  readonly claim: string;
  /** What the mock does, as a sentence. */
  readonly description: string;
  /** Other claims that the same behaviour may break, depending on the calls, with reasons. */
  readonly related?: Readonly<Record<string, string>>;
  /** Too rare for a few requests: properties have to search longer for it. */
  readonly onlyInCombination?: true;
  patch(): FaultPatch;
}
