import type { MockSetup } from '../mock.ts';

/** What a fault replaces of the mock; made anew for every mock, since a fault may count or remember. */
export type FaultPatch = Pick<MockSetup, 'steps' | 'rewrite'>;

/** A mock that is wrong in one thing that no schema holds. */
export interface Fault {
  /** Frozen, in words and hyphens. */
  readonly name: string;
  /** The claim that it breaks. */
  readonly claim: string;
  /** What the mock does, in a sentence. */
  readonly description: string;
  /** Further claims that the same behaviour may break, each with the reason; which of them it does hangs on the calls. */
  readonly related?: Readonly<Record<string, string>>;
  /** Not every few requests show it: the properties must look further for it. */
  readonly onlyInCombination?: true;
  patch(): FaultPatch;
}
