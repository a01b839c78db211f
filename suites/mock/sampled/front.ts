import type { OpenAPIV3_1 } from 'openapi-types';
import { createMock, type MockSetup } from '../mock.ts';
import { readOperation } from '../operation.ts';
import { DEFAULT_MOCK_OPTIONS } from '../options.ts';
import { PROOF_KEYS } from '../proof-keys.ts';
import { CONFORMING_STEPS, type MockRequest, type MockResponse, stored, storeKey, type World } from '../steps.ts';
import { type Customer, type Fields, randomIds } from '../store.ts';
import { compileForm } from '../validate.ts';

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
  other(seen: Seen): Readonly<Record<string, unknown>> | undefined;
  /** State that an effect keeps between calls. */
  readonly kept: Map<string, unknown>;
  /** Answers without any checks. */
  lenient(request: MockRequest): Promise<MockResponse>;
  readonly now: () => Date;
}

/** The deviation of a server. Each hook returns whether, or what, it changed. */
export interface Effect {
  readonly name: string;
  readonly group: string;
  /** Claims that may be blamed for it; empty if it is permitted. */
  readonly claims: readonly string[];
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

/** An effect with its weight among others. */
export function of(
  weight: number,
  name: string,
  group: string,
  claims: readonly string[],
  hooks: Omit<Effect, 'name' | 'group' | 'claims'>,
): readonly [number, Effect] {
  return [weight, { name, group, claims, ...hooks }];
}

/** When a server deviates. */
export interface Trigger {
  readonly name: string;
  readonly group: string;
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
  const lenient = createMock(document, {
    ...setup,
    steps: { checkKey: () => undefined, checkMerchant: () => undefined, validate: () => [] },
  });
  const validator = compileForm(readOperation(document).form);
  const world: World = {
    ...{ ...PROOF_KEYS, mockOptions: DEFAULT_MOCK_OPTIONS },
    ...{ store, ids: randomIds, now: () => new Date() },
  };
  const byReference = new Map<string, Seen[]>();
  const underWay = new Set<Seen>();
  const customers: string[] = [];
  const answers: { reference: string; body: Record<string, unknown> }[] = [];
  let last: Seen | undefined;
  let position = 0;
  const memory: Memory = {
    store,
    strikes: 0,
    kept: new Map(),
    other: (seen) => answers.findLast(({ reference }) => reference !== storeKey(seen.fields))?.body,
    lenient: (request) => lenient.answer(request),
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

/** The object in a JSON body; undefined if it is not one. */
export function objectIn(body: string | Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(String(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Stores a refused call's data, as if accepted. @returns whether the store changed */
export function keepRefused({ fields }: Seen, { store, now }: Memory, how: 'new' | 'existing'): boolean {
  const key = storeKey(fields);
  const known = store.get(key);
  if (how === 'existing') {
    if (known === undefined) return false;
    const changed = { ...known, fields: { ...known.fields, ...stored(fields) } };
    store.set(key, changed);
    return JSON.stringify(changed.fields) !== JSON.stringify(known.fields);
  }
  if (known !== undefined || key.length < 8) return false;
  store.set(key, { id: randomIds.customerId(), created: now(), updated: now(), fields: stored(fields) });
  return true;
}
