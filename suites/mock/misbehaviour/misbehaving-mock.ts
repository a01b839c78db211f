import type { OpenAPIV3_1 } from 'openapi-types';
import { SetupError } from '../../../spec/setup-error.ts';
import { type AnsweringMock, createMock, type Mock, type MockOutcome, type MockSetup } from '../mock.ts';
import { refusal } from '../refusal.ts';
import type { MockRequest } from '../steps.ts';
import type { Customer } from '../store.ts';
import { type FaultSpec, readFaultSpec, readReference } from './named.ts';

/** The header that requests a fault for one call. */
export const FAULT_HEADER = 'x-mock-fault';

/** How faults can be requested; by default not at all. */
export interface MisbehaviourOptions {
  /** For every call: `NAME[=PARAMETER][*TIMES]`. */
  readonly fault?: string | undefined;
  /** For one call, with the header `x-mock-fault`. Default: the header is ignored. */
  readonly faultHeader?: boolean | undefined;
  /** For one customer, with a reference that begins `fault-NAME-`. Default: such references are ordinary. */
  readonly faultReferences?: boolean | undefined;
}

/** Maximum number of counters for `*TIMES`; the oldest are dropped. */
const COUNTED = 10_000;

/**
 * A mock with faults on request. All faults share one store, so that a customer survives a fault.
 * @throws SetupError if the fault for every call is unknown
 */
export function createMisbehavingMock(
  document: OpenAPIV3_1.Document,
  options: MockSetup & MisbehaviourOptions,
): AnsweringMock {
  const shared: MockSetup = { ...options, store: options.store ?? new Map<string, Customer>() };
  const always = options.fault === undefined ? undefined : readFaultSpec(options.fault);
  const behaving = createMock(document, shared);
  const faulty = new Map<string, Mock>();
  const counts = new Map<string, number>();
  const now = options.now ?? (() => new Date());

  function faultSpecFor(request: MockRequest, reference: () => string): FaultSpec | undefined {
    const header = options.faultHeader === true ? request.headers[FAULT_HEADER] : undefined;
    if (header !== undefined) return readFaultSpec(header);
    const reserved = options.faultReferences === true ? readReference(reference()) : undefined;
    return reserved ?? always;
  }

  /** Counts a call. @returns false once the fault spec's TIMES are used up */
  function isDue({ text, times }: FaultSpec, reference: () => string): boolean {
    if (times === Number.POSITIVE_INFINITY) return true;
    const key = `${text}\n${reference()}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const [oldest] = counts.keys();
    if (counts.size > COUNTED && oldest !== undefined) counts.delete(oldest);
    return count <= times;
  }

  const never = always === undefined && options.faultHeader !== true && options.faultReferences !== true;

  async function misbehave(request: MockRequest): Promise<MockOutcome> {
    const reference = () => new URLSearchParams(request.body).get('object_reference_id') ?? '';
    let spec: FaultSpec | undefined;
    try {
      spec = faultSpecFor(request, reference);
    } catch (thrown) {
      if (!(thrown instanceof SetupError)) throw thrown;
      // Not a 400, or a client's test that expects a 400 would pass with a misspelt name.
      return refusal(501, thrown.message, { date: now().toUTCString() });
    }
    if (spec === undefined || !isDue(spec, reference)) return behaving.answer(request);
    const { fault, parameter } = spec;
    if ('act' in fault) return fault.act({ parameter, answer: () => behaving.answer(request), now });
    // Cached: a fault may keep state.
    const mock = faulty.get(fault.name) ?? createMock(document, { ...shared, ...fault.patch() });
    faulty.set(fault.name, mock);
    return mock.answer(request);
  }

  return { path: behaving.path, answer: never ? behaving.answer : misbehave };
}
