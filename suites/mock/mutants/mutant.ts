import type { Patch } from '../patches.ts';
import type { RawDocument } from './raw-document.ts';

/** A server with exactly one error. */
export interface Mutant {
  /** What is changed and how; stable and unique. */
  readonly id: string;
  /** The broken claim, which a run must blame. */
  readonly claim: string;
  readonly description: string;
  /** Other claims that the same change may break. */
  readonly related: readonly string[];
  /** Its origin. */
  readonly kind: 'answer' | 'body' | 'request' | 'fault' | 'combination';
  /** Pointers of the changed constraints in the document; see listConstraints. */
  readonly constraints?: readonly string[];
  /** Changes the contract for the mock. */
  readonly change?: (document: RawDocument) => void;
  /** Changes the mock itself. */
  readonly patch?: Patch;
}
