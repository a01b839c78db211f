/** The names of the properties; each has its code in suites/properties. */
export type PropertyName = 'accepted' | 'one-thing-wrong' | 'sequences';

/** How far properties are tried. */
export interface PropertyRuns {
  /** The same seed tries the same requests, in the same order. */
  readonly seed: number;
  /** Executions of each property; where one fails, shrinking needs more. */
  readonly runs: number;
  /** Executions that shrinking a counterexample may cost at most. */
  readonly shrinks: number;
}

/** Properties are tried, or left out for a reason that the report gives. */
export type PropertyPlan = PropertyRuns | { readonly off: string };

/** A gate is to say the same thing twice. */
export const DEFAULT_SEED = 1;

/** Runs against the mock: enough for a gate, few enough that a run takes a fifth longer. */
export const MOCK_RUNS = 10;

/** Runs against a live server, which has other work and keeps every customer. */
export const LIVE_RUNS = 5;

/** Shrinks: a counterexample that is found is worth some requests, but not a server's whole day. */
export const MOCK_SHRINKS = 1000;
export const LIVE_SHRINKS = 40;

/** Few runs, for whoever asks a server a case without saying how far to go. */
export const FEW_RUNS: PropertyRuns = { seed: DEFAULT_SEED, runs: LIVE_RUNS, shrinks: LIVE_SHRINKS };

/** What one execution of a property asks for at most. */
export const EXECUTION_AT_MOST: Readonly<
  Record<PropertyName, { readonly requests: number; readonly customers: number }>
> = {
  accepted: { requests: 1, customers: 1 },
  // The wrong request may name another reference.
  'one-thing-wrong': { requests: 4, customers: 2 },
  // Twelve commands, each of five calls at most, over three references.
  sequences: { requests: 60, customers: 3 },
};
