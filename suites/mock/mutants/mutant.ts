import type { FaultPatch } from '../faults/fault.ts';
import type { RawDocument } from './raw-document.ts';

/** A server that is wrong in exactly one thing. */
export interface Mutant {
  /** What was changed and how; stable, and unique. */
  readonly id: string;
  /** The claim that the change breaks, and that a run must blame. */
  readonly claim: string;
  readonly description: string;
  /** Further claims that may break with it, each with the reason. */
  readonly related: Readonly<Record<string, string>>;
  /** Where it comes from. */
  readonly kind: 'answer' | 'body' | 'request' | 'fault' | 'combination';
  /** Pointers of the document's constraints that it changes; see listConstraints. */
  readonly constraints?: readonly string[];
  /** Changes the contract that the mock is made from. */
  readonly change?: (document: RawDocument) => void;
  /** Changes the mock itself. */
  readonly patch?: () => FaultPatch;
}
