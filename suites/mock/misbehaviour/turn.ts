import type { MockRequest, MockResponse } from '../steps.ts';

/** What comes back: an answer, or none, since the connection is reset. */
export type MockOutcome = MockResponse | 'connection-reset';

/** Something that answers as the mock does, but may also not answer at all. */
export interface AnsweringMock {
  /** The operation's path in the document. */
  readonly path: string;
  answer(request: MockRequest): Promise<MockOutcome>;
}

/** One request on its way through a misbehaviour. */
export interface Turn {
  /** As asked for, or the misbehaviour's default; empty where it takes none. */
  readonly parameter: string;
  /** What the mock says when it behaves; asking creates the customer. */
  answer(): Promise<MockResponse>;
  now(): Date;
}

/** What a misbehaviour can be told. */
export interface Parameter {
  /** In capitals, as in the listing; the unit, where there is one. */
  readonly name: string;
  readonly default: string;
  /** What its whole text has to match. */
  readonly pattern: RegExp;
}

/** Something that happens to clients and that no claim of the bank's faults covers, or that a client must survive. */
export interface Misbehaviour {
  /** Frozen, in words and hyphens. */
  readonly name: string;
  /** What happens, in a sentence. */
  readonly description: string;
  /** The claim that it breaks; absent where the contract does not speak of it. */
  readonly claim?: string;
  readonly parameter?: Parameter;
  act(turn: Turn): Promise<MockOutcome>;
}
