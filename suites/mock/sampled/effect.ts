import { type Body, type Patch, steps } from '../patches.ts';
import type { MockRequest, MockResponse } from '../steps.ts';
import type { Customer, Fields } from '../store.ts';

/** What the front knows about an incoming call. */
export interface Seen {
  /** The call's number in the run, from 1. */
  readonly position: number;
  readonly request: MockRequest;
  readonly fields: Fields;
  /** The answer required by the contract. */
  readonly is: 'accepted' | 'bad-request' | 'key-refused' | 'merchant-refused' | 'elsewhere';
  /** Names of the invalid fields. */
  readonly wrong: readonly string[];
  /** Whether the customer is stored. */
  readonly exists: boolean;
  /** References of stored customers, in order of creation; grows. */
  readonly customers: readonly string[];
  /** The previous call, by any caller. */
  readonly last?: Seen;
  /** Earlier calls with this reference, including concurrent ones. */
  readonly before: readonly Seen[];
  /** Calls in progress. */
  readonly underWay: readonly Seen[];
}

/** An answer, or none. */
export type Outcome = MockResponse | 'no-answer';

/** What effects may read and change. */
export interface Memory {
  readonly store: Map<string, Customer>;
  /** How often the effect has happened, including this time. */
  strikes: number;
  /** The body of the last accepted answer for another reference, if any. */
  other(seen: Seen): Body | undefined;
  /** State that an effect keeps between calls. */
  readonly kept: Map<string, unknown>;
  /** Answers as another mock with the same store. */
  answerAs(patch: Patch, request: MockRequest): Promise<MockResponse>;
  readonly now: () => Date;
}

interface Hooks {
  /** Fields of a call that show it. */
  readonly needs?: Fields;
  /** Changes the stored fields: those of the call, or of the existing customer. */
  readonly stores?: (fields: Fields, memory: Memory, seen: Seen) => Fields;
  /** Before the call is processed. @returns whether anything was changed */
  readonly before?: (seen: Seen, memory: Memory) => boolean;
  /** Replaces the mock's answer; undefined keeps it. */
  readonly instead?: (seen: Seen, memory: Memory) => Promise<Outcome | undefined> | Outcome | undefined;
  readonly after?: (answer: MockResponse, seen: Seen, memory: Memory) => Outcome;
}

/** The deviation of a server. Each hook returns whether, or what, it changed. */
export interface Effect extends Hooks {
  readonly name: string;
  /** Claims that may be blamed for it; empty if it is permitted. */
  readonly claims: readonly string[];
}

/** A mock without any checks. */
export const UNCHECKED = steps({ checkKey: () => undefined, checkMerchant: () => undefined, validate: () => [] });

/** An effect with its weight among others. */
export type Weighted = readonly [weight: number, effect: Effect];

/** @param claims with spaces in between */
export function of(weight: number, name: string, claims: string, hooks: Hooks): Weighted {
  return [weight, { name, claims: claims.split(' '), ...hooks }];
}

/** An effect that changes the body of an accepted answer. */
export function changed(weight: number, name: string, claims: string, change: Change): Weighted {
  return of(weight, name, claims, { after: changing(200, change) });
}

type Change = (body: Body, seen: Seen, memory: Memory) => unknown;

/** Changes the object in a body; other answers than of this status stay. */
export function changing(status: number, change: Change): NonNullable<Effect['after']> {
  return (answer, seen, memory) => {
    const body = answer.status === status ? objectIn(answer.body) : undefined;
    return body === undefined ? answer : { ...answer, body: JSON.stringify(change(body, seen, memory)) };
  };
}

/** Writes the body of an answer with this status in another way. */
export function framed(status: number, frame: (body: string) => string | Uint8Array): NonNullable<Effect['after']> {
  return (answer) => (answer.status === status ? { ...answer, body: frame(String(answer.body)) } : answer);
}

/** Labels an answer as another media type, or as none. */
export function typed(type: string | undefined): NonNullable<Effect['after']> {
  return ({ headers: { 'content-type': _, ...headers }, ...answer }) => ({
    ...answer,
    headers: type === undefined ? headers : { ...headers, 'content-type': type },
  });
}

/** A refusal as written by a service. */
export function refusal(status: number, now: Date, body: Body = {}): MockResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', date: now.toUTCString() },
    body: JSON.stringify({ status: 'error', error_code: 'refused', error_message: 'not possible', ...body }),
  };
}

/** The object in a JSON body; undefined if it is not one. */
export function objectIn(body: string | Uint8Array): Body | undefined {
  try {
    const value: unknown = JSON.parse(String(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
}
