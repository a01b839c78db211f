/** The names of the properties; see suites/properties. */
export type PropertyName = 'accepted' | 'one-thing-wrong' | 'sequences';

/** How often properties are tried. */
export interface PropertyRuns {
  /** The same seed generates the same requests in the same order. */
  readonly seed: number;
  /** Executions of each property; shrinking a failure needs more. */
  readonly runs: number;
  /** Maximum executions to shrink a counterexample. */
  readonly shrinks: number;
}

/** Properties are tried, or off for a reason shown in the report. */
export type PropertyPlan = PropertyRuns | { readonly off: string };

/** Fixed, because a CI gate must give the same result twice. */
export const DEFAULT_SEED = 1;

/** Runs against the mock: enough for a gate, and only 20% more time. */
export const MOCK_RUNS = 10;

/** Runs against a live server, to spare it calls and customers. */
export const LIVE_RUNS = 5;

/** Shrinks: a counterexample is worth some requests, but not too many on a live server. */
export const MOCK_SHRINKS = 1000;
export const LIVE_SHRINKS = 40;

/** A few runs, the default for direct calls. */
export const FEW_RUNS: PropertyRuns = { seed: DEFAULT_SEED, runs: LIVE_RUNS, shrinks: LIVE_SHRINKS };

/** Maximum calls of one execution of a property. */
export const EXECUTION_AT_MOST: Readonly<
  Record<PropertyName, { readonly requests: number; readonly customers: number }>
> = {
  accepted: { requests: 1, customers: 1 },
  // The invalid request may name another reference.
  'one-thing-wrong': { requests: 4, customers: 2 },
  // Twelve commands with up to five calls, for three references.
  sequences: { requests: 60, customers: 3 },
};
