import type { OpenAPIV3_1 } from 'openapi-types';
import { createMock, type Mock, type MockOptions } from '../mock.ts';
import type { MockRequest, MockResponse } from '../steps.ts';
import type { Customer } from '../store.ts';
import { readReference, readWish, type Wish, WishError } from './named.ts';
import type { AnsweringMock, MockOutcome } from './turn.ts';

/** The header that asks for a misbehaviour of one call. */
export const FAULT_HEADER = 'x-mock-fault';

/** Who may make the mock misbehave; nobody unless told so. */
export interface MisbehaviourOptions {
  /** For every call: `NAME[=PARAMETER][*TIMES]`. */
  readonly fault?: string | undefined;
  /** For one call, by the header `x-mock-fault`. Default: the header is ignored. */
  readonly faultHeader?: boolean | undefined;
  /** For one customer, by a reference that begins `fault-NAME-`. Default: such references are like any other. */
  readonly faultReferences?: boolean | undefined;
}

/** How many customers' calls are counted for `*TIMES`; the oldest are forgotten. */
const COUNTED = 10_000;

/**
 * A mock that misbehaves when asked to. All its faces share one store, so that a customer survives a misbehaviour.
 * @throws WishError where the fault for every call is unknown
 */
export function createMisbehavingMock(
  document: OpenAPIV3_1.Document,
  options: MockOptions & MisbehaviourOptions,
): AnsweringMock {
  const shared: MockOptions = { ...options, store: options.store ?? new Map<string, Customer>() };
  const always = options.fault === undefined ? undefined : readWish(options.fault);
  const behaving = createMock(document, shared);
  const faulty = new Map<string, Mock>();
  const counts = new Map<string, number>();
  const now = options.now ?? (() => new Date());

  function wishFor(request: MockRequest, reference: string): Wish | undefined {
    const header = options.faultHeader === true ? request.headers[FAULT_HEADER] : undefined;
    if (header !== undefined) return readWish(header);
    const reserved = options.faultReferences === true ? readReference(reference) : undefined;
    return reserved ?? always;
  }

  /** Counts a call. @returns false where the wish was for fewer calls */
  function isDue({ text, times }: Wish, reference: string): boolean {
    if (times === Number.POSITIVE_INFINITY) return true;
    const key = `${text}\n${reference}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const [oldest] = counts.keys();
    if (counts.size > COUNTED && oldest !== undefined) counts.delete(oldest);
    return count <= times;
  }

  async function answer(request: MockRequest): Promise<MockOutcome> {
    const reference = new URLSearchParams(request.body).get('object_reference_id') ?? '';
    let wish: Wish | undefined;
    try {
      wish = wishFor(request, reference);
    } catch (thrown) {
      if (thrown instanceof WishError) return notUnderstood(thrown, now());
      throw thrown;
    }
    if (wish === undefined || !isDue(wish, reference)) return behaving.answer(request);
    const { what } = wish;
    if (what.kind === 'misbehaviour') {
      return what.misbehaviour.act({ parameter: what.parameter, answer: () => behaving.answer(request), now });
    }
    const { fault } = what;
    // Made once: a fault may count or remember.
    const mock = faulty.get(fault.name) ?? createMock(document, { ...shared, ...fault.patch() });
    faulty.set(fault.name, mock);
    return mock.answer(request);
  }

  return { path: behaving.path, answer };
}

/** Not a 400: a client's test that expects one must not pass on a misspelt name. */
function notUnderstood(error: WishError, now: Date): MockResponse {
  return {
    status: 501,
    headers: { 'content-type': 'application/json', date: now.toUTCString() },
    body: JSON.stringify({ status: 'error', error_code: 'unknown fault', error_message: error.message }),
  };
}
