import type { MockRequest, MockResponse } from '../steps.ts';

/** An answer, or none because the connection is reset. */
export type MockOutcome = MockResponse | 'connection-reset';

/** A mock that may also give no answer. */
export interface AnsweringMock {
  /** The operation's path in the document. */
  readonly path: string;
  answer(request: MockRequest): Promise<MockOutcome>;
}

/** One request to a misbehaviour. */
export interface Turn {
  /** From the fault spec, or the default; empty if the fault takes none. */
  readonly parameter: string;
  /** The correct answer; calling this creates the customer. */
  answer(): Promise<MockResponse>;
  now(): Date;
}

/** Parameter of a misbehaviour. */
export interface Parameter {
  /** In uppercase, as in the listing; the unit, if there is one. */
  readonly name: string;
  readonly default: string;
  /** Matches the whole text. */
  readonly pattern: RegExp;
}

/** A fault that a client must handle; see MISBEHAVIOURS. */
export interface Misbehaviour {
  /** Frozen, in words and hyphens. */
  readonly name: string;
  /** What happens, in a sentence. */
  readonly description: string;
  /** The claim that it breaks; absent if no claim covers it. */
  readonly claim?: string;
  readonly parameter?: Parameter;
  act(turn: Turn): Promise<MockOutcome>;
}
