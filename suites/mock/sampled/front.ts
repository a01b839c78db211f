import type { OpenAPIV3_1 } from 'openapi-types';
import { createMock, type Mock, type MockSetup } from '../mock.ts';
import { readOperation } from '../operation.ts';
import { DEFAULT_MOCK_OPTIONS } from '../options.ts';
import type { Body, Patch } from '../patches.ts';
import { PROOF_KEYS } from '../proof-keys.ts';
import { CONFORMING_STEPS, type MockRequest, storeKey } from '../steps.ts';
import type { Customer, Fields } from '../store.ts';
import { compileForm } from '../validate.ts';
import { type Effect, type Memory, type Outcome, objectIn, type Seen } from './effect.ts';

/** When a server deviates. */
export interface Trigger {
  readonly name: string;
  /** Other claims that may be blamed because of when it happens. */
  readonly claims: readonly string[];
  readonly fires: (seen: Seen) => boolean;
  /** Calls that lead to it; it fires for the last ones. */
  readonly witness: (base: Fields) => readonly Ask[];
  /** It depends on calls in progress, so calls must overlap. */
  readonly overlaps?: true;
}

/** A call of a witness. */
export interface Ask {
  readonly fields: Fields;
  /** Replaces the encoded fields. */
  readonly body?: string;
  readonly authorization?: string | null;
  readonly merchant?: string | null;
  /** Sent concurrently with the previous call. */
  readonly together?: boolean;
}

/** A server with one occasional deviation. */
export interface Front {
  answer(request: MockRequest): Promise<Outcome>;
  /** How often something was changed. */
  touched(): number;
}

/** The right credentials for servers under proof. */
export const RIGHT = `Basic ${btoa(`${PROOF_KEYS.apiKey}:`)}`;

/** A server from the document that has the effect whenever the trigger fires. */
export function openFront(document: OpenAPIV3_1.Document, trigger: Trigger, effect: Effect): Front {
  const store = new Map<string, Customer>();
  let current: Seen | undefined;
  let touched = 0;
  const setup: MockSetup = { ...PROOF_KEYS, store };
  const mock = createMock(document, {
    ...setup,
    steps: {
      customerFor(fields, world) {
        // All steps before this one run synchronously, so that `current` is still this call.
        const seen = current;
        if (seen === undefined || effect.stores === undefined) return CONFORMING_STEPS.customerFor(fields, world);
        const known = store.get(storeKey(fields));
        const changed = effect.stores(known?.fields ?? fields, memory, seen);
        if (JSON.stringify(changed) !== JSON.stringify(known?.fields ?? fields)) touched += 1;
        if (known === undefined) return CONFORMING_STEPS.customerFor(changed, world);
        const spoiled = { ...known, fields: changed };
        store.set(storeKey(fields), spoiled);
        return spoiled;
      },
    },
  });
  const others = new Map<Patch, Mock>();
  const validator = compileForm(readOperation(document).form);
  const world = { ...PROOF_KEYS, mockOptions: DEFAULT_MOCK_OPTIONS };
  const byReference = new Map<string, Seen[]>();
  const underWay = new Set<Seen>();
  const customers: string[] = [];
  const answers: { reference: string; body: Body }[] = [];
  let last: Seen | undefined;
  let position = 0;
  const memory: Memory = {
    store,
    strikes: 0,
    kept: new Map(),
    other: (seen) => answers.findLast(({ reference }) => reference !== storeKey(seen.fields))?.body,
    answerAs(patch, request) {
      const other = others.get(patch) ?? createMock(document, { ...setup, ...patch() });
      others.set(patch, other);
      return other.answer(request);
    },
    now: () => new Date(),
  };

  function look(request: MockRequest): Seen {
    position += 1;
    const fields = CONFORMING_STEPS.decode(request.body);
    const wrong = [...new Set(validator(fields).map(({ field }) => field))];
    const isHere = request.path.endsWith(mock.path) && request.method === 'POST';
    const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
    const is =
      !isHere || !isForm
        ? 'elsewhere'
        : CONFORMING_STEPS.checkKey(request.headers['authorization'], world) !== undefined
          ? 'key-refused'
          : CONFORMING_STEPS.checkMerchant(request.headers['x-merchantid'], world) !== undefined
            ? 'merchant-refused'
            : wrong.length > 0
              ? 'bad-request'
              : 'accepted';
    const reference = storeKey(fields);
    const before = byReference.get(reference) ?? [];
    const seen: Seen = {
      ...{ position, request, fields, is, wrong },
      exists: store.has(reference),
      customers,
      ...(last === undefined ? {} : { last }),
      before: [...before],
      underWay: [...underWay],
    };
    byReference.set(reference, [...before, seen]);
    last = seen;
    return seen;
  }

  async function behave(seen: Seen): Promise<Outcome> {
    const { request } = seen;
    if (!trigger.fires(seen)) return mock.answer(request);
    memory.strikes += 1;
    if (effect.before?.(seen, memory) === true) touched += 1;
    const early = await effect.instead?.(seen, memory);
    if (early !== undefined) {
      touched += 1;
      return early;
    }
    current = seen;
    const pending = mock.answer(request);
    current = undefined;
    const answer = await pending;
    const changed = effect.after?.(answer, seen, memory) ?? answer;
    if (JSON.stringify(changed) !== JSON.stringify(answer)) touched += 1;
    return changed;
  }

  async function answer(request: MockRequest): Promise<Outcome> {
    const seen = look(request);
    underWay.add(seen);
    if (trigger.overlaps === true) await new Promise((resolve) => setImmediate(resolve));
    const outcome = await behave(seen);
    underWay.delete(seen);
    const reference = storeKey(seen.fields);
    if (seen.is === 'accepted' && !customers.includes(reference)) customers.push(reference);
    if (outcome !== 'no-answer' && outcome.status === 200 && seen.is === 'accepted') {
      const body = objectIn(outcome.body);
      if (body !== undefined) answers.push({ reference, body });
    }
    return outcome;
  }

  return { answer, touched: () => touched };
}

/** Sends a witness's calls to a server. */
export async function show(front: Front, path: string, asks: readonly Ask[]): Promise<void> {
  let pending: Promise<unknown>[] = [];
  for (const { fields, body, authorization = RIGHT, merchant = PROOF_KEYS.account, together } of asks) {
    if (together !== true) {
      await Promise.all(pending);
      pending = [];
    }
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      ...(authorization === null ? {} : { authorization }),
      ...(merchant === null ? {} : { 'x-merchantid': merchant }),
    };
    pending.push(front.answer({ method: 'POST', path, headers, body: body ?? new URLSearchParams(fields).toString() }));
  }
  await Promise.all(pending);
}
