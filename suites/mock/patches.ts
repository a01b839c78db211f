import type { MockSetup } from './mock.ts';
import {
  CONFORMING_STEPS,
  type MockRequest,
  type MockResponse,
  type Steps,
  stored,
  storeKey,
  type World,
} from './steps.ts';
import type { Customer, Fields, Token } from './store.ts';
import type { FieldError, FormValidator } from './validate.ts';

const { checkKey, customerFor, decode, tokenFor } = CONFORMING_STEPS;

/** What makes a mock wrong or unusual; called for every new mock, because it may keep state. */
export type Patch = () => Omit<MockSetup, 'apiKey' | 'account'>;

export type Body = Readonly<Record<string, unknown>>;

/** Replaces steps that need no state. */
export function steps(replaced: Partial<Steps>): Patch {
  return () => ({ steps: replaced });
}

/** Accepts some credentials that must be refused. */
export function letsIn(isLetIn: (header: string | undefined, world: World) => boolean): Patch {
  return steps({ checkKey: (header, world) => (isLetIn(header, world) ? undefined : checkKey(header, world)) });
}

/** Changes the form's text before it is decoded. */
export function decodes(change: (body: string) => string): Patch {
  return steps({ decode: (body) => decode(change(body)) });
}

/** Reads the form with changed values. */
export function reads(change: (fields: Fields) => Fields): Patch {
  return steps({
    validate: (fields, validator) => validator(change(fields)),
    customerFor: (fields, world) => customerFor(change(fields), world),
  });
}

/** Stores the customer with changed values. */
export function stores(change: (fields: Fields) => Fields): Patch {
  return steps({ customerFor: (fields, world) => customerFor(change(fields), world) });
}

/** Checks some calls less or not at all. */
export function checks(
  errors: (fields: Fields, validator: FormValidator, world: World) => readonly FieldError[],
): Patch {
  return steps({ validate: (fields, validator, world) => [...errors(fields, validator, world)] });
}

/** Refuses some valid calls. @param field of the error */
export function refuses(field: string, isRefused: (fields: Fields) => boolean): Patch {
  const error: FieldError = { field, problem: 'invalid', detail: 'is not accepted' };
  return checks((fields, validator) => [...validator(fields), ...(isRefused(fields) ? [error] : [])]);
}

/** Changes all values, or those of some fields. */
export function each(change: (value: string) => string, names = /./): (fields: Fields) => Fields {
  return (fields) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, names.test(name) ? change(value) : value]));
}

/** The call for which an answer is changed. */
interface Call {
  readonly fields: Fields;
  readonly world: World;
  readonly key: string;
  /** The customer as stored before the call. */
  readonly known: Customer | undefined;
}

/** Changes the customer in answers, but not in the store. */
export function customers(change: (customer: Customer, call: Call) => Customer): Patch {
  return steps({
    async customerFor(fields, world) {
      const key = storeKey(fields, world);
      const known = world.store.get(key);
      return change(await customerFor(fields, world), { fields, world, key, known });
    },
  });
}

/** Changes the tokens in answers. */
export function tokens(change: (token: Token, customer: Customer, now: number) => Token): Patch {
  return steps({
    tokenFor(customer, fields, world) {
      const token = tokenFor(customer, fields, world);
      return token && change(token, customer, world.now().getTime());
    },
  });
}

/** A patch with state of its own. @param start makes the state, for every new mock */
export function remembering(start: () => Patch): Patch {
  return () => start()();
}

/** Counts by key. */
export class Counts extends Map<string, number> {
  /** @returns the number so far, and counts on */
  add(key: string, by = 1): number {
    const before = this.get(key) ?? 0;
    this.set(key, before + by);
    return before;
  }
}

interface RefusedCall extends Call {
  readonly status: number;
  readonly isWithoutMerchant: boolean;
}

/** Lets a refused call do something to the store. */
export function refusedCalls(harm: (call: RefusedCall) => void): Patch {
  return () => {
    let world: World | undefined;
    return {
      steps: {
        checkKey(header, given) {
          world = given;
          return checkKey(header, given);
        },
      },
      rewrite(response, { body, headers }) {
        const { status } = response;
        if (world === undefined || status === 200) return response;
        const fields = decode(body);
        const key = storeKey(fields, world);
        const isWithoutMerchant = (headers['x-merchantid'] ?? '') === '';
        harm({ fields, world, key, known: world.store.get(key), status, isWithoutMerchant });
        return response;
      },
    };
  };
}

/** The customer with the fields of a call. */
export function withFields(customer: Customer, fields: Fields): Customer {
  return { ...customer, fields: { ...customer.fields, ...stored(fields) } };
}

/** The customer with another time of creation. @param ms earlier */
export function createdEarlier(customer: Customer, ms: number): Customer {
  return { ...customer, created: new Date(customer.created.getTime() - ms) };
}

/** The customer with a new id. */
export function renewed(customer: Customer, world: World): Customer {
  return { ...customer, id: world.ids.customerId() };
}

/** Lets all concurrent calls reach this point. @param ms at least */
export function meanwhile(ms = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Changes finished answers. @param only those with this status; default: all */
export function rewrites(change: (response: MockResponse, request: MockRequest) => MockResponse, only?: number): Patch {
  return () => ({
    rewrite: (response, request) =>
      only === undefined || response.status === only ? change(response, request) : response,
  });
}

/** Changes the JSON bodies of answers. @param only those with this status; default: all */
export function bodies(change: (body: Body, sent: Fields, request: MockRequest) => unknown, only?: number): Patch {
  return rewrites((response, request) => {
    const body = JSON.parse(String(response.body)) as Body;
    return { ...response, body: JSON.stringify(change(body, decode(request.body), request)) };
  }, only);
}

/** Changes the JSON bodies of accepted answers. */
export function answers(change: (body: Body, sent: Fields) => unknown): Patch {
  return bodies(change, 200);
}

/** Changes bodies as text. @param only those of answers with this status; default: all */
export function texts(change: (body: string) => string | Uint8Array, only?: number): Patch {
  return rewrites((response) => ({ ...response, body: change(String(response.body)) }), only);
}

/** Changes the headers of answers. @param only those with this status; default: all */
export function headers(change: (headers: MockResponse['headers']) => MockResponse['headers'], only?: number): Patch {
  return rewrites((response) => ({ ...response, headers: change(response.headers) }), only);
}

/** Changes every n-th answer. @param only counts those with this status; default: all */
export function everyNth(n: number, change: (response: MockResponse) => MockResponse, only?: number): Patch {
  return remembering(() => {
    let count = 0;
    return rewrites((response) => (++count % n === 0 ? change(response) : response), only);
  });
}

/** The object without a property. */
export function without(body: Body, property: string): Record<string, unknown> {
  const { [property]: _, ...rest } = body;
  return rest;
}
