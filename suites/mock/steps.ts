import { DEFAULT_MOCK_OPTIONS, type MockOptions } from './options.ts';
import { perSecond } from './remember-last.ts';
import type { Customer, CustomerStore, Fields, IdGenerator, Token } from './store.ts';
import type { FieldError, FormValidator } from './validate.ts';

/** A request as the mock sees it. Header names are in lowercase. */
export interface MockRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** An answer of the mock. */
export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A refusal for want of credentials or of a merchant. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** What the steps share: who may call, what is stored, what time it is. */
export interface World {
  readonly apiKey: string;
  readonly account: string;
  readonly mockOptions: MockOptions;
  readonly store: CustomerStore;
  readonly ids: IdGenerator;
  now(): Date;
}

/** What a schema cannot say, step by step. A fault of the mock is a replacement of one of these. */
export interface Steps {
  checkKey(authorization: string | undefined, world: World): Refusal | undefined;
  checkMerchant(merchant: string | undefined, world: World): Refusal | undefined;
  /** The fields of a form as it was sent. A field that is there twice counts once: its first value. */
  decode(body: string, world?: Pick<World, 'mockOptions'>): Fields;
  validate(fields: Fields, validator: FormValidator, world: World): FieldError[];
  /** Gets or creates. A promise makes a gap in which other calls run. */
  customerFor(fields: Fields, world: World): Customer | Promise<Customer>;
  tokenFor(customer: Customer, fields: Fields, world: World): Token | undefined;
  /** RFC 3339. */
  time(date: Date): string;
}

/** The steps as the contract has them. */
export const CONFORMING_STEPS: Steps = {
  checkKey(authorization, { apiKey, mockOptions }) {
    if (authorization === authorizationFor(apiKey)) return undefined;
    const refusal = { status: mockOptions.keyRefusal, reason: 'API key missing or wrong' };
    const [, encoded] = /^basic +(\S+) *$/i.exec(authorization ?? '') ?? [];
    const credentials = decodeBase64(encoded ?? '');
    if (credentials === undefined) return refusal;
    const colon = credentials.indexOf(':');
    if (colon === -1) return mockOptions.keyWithoutColon === 'accept' && credentials === apiKey ? undefined : refusal;
    const passwordFits = colon === credentials.length - 1 || mockOptions.password === 'accept';
    return credentials.slice(0, colon) === apiKey && passwordFits ? undefined : refusal;
  },

  checkMerchant(merchant, { account, mockOptions }) {
    const known = mockOptions.otherMerchant === 'accept' || merchant === account;
    const missing = merchant === undefined || merchant === '';
    if (missing ? mockOptions.missingMerchant === 'accept' : known) return undefined;
    return { status: mockOptions.merchantRefusal, reason: 'merchant id missing or unknown' };
  },

  decode(body, world) {
    // A field may be called as what every object has.
    const fields = Object.create(null) as Record<string, string>;
    const last = world?.mockOptions.repeatedField === 'last';
    new URLSearchParams(body).forEach((value, name) => {
      if (last || !Object.hasOwn(fields, name)) fields[name] = value;
    });
    return fields;
  },

  validate(fields, validator) {
    return validator(fields);
  },

  customerFor(fields, world) {
    const key = storeKey(fields, world);
    const now = world.now();
    const known = world.store.get(key);
    const customer =
      known === undefined
        ? { id: world.ids.customerId(), created: now, updated: now, fields: stored(fields) }
        : world.mockOptions.laterCall === 'update'
          ? { ...known, updated: now, fields: { ...known.fields, ...stored(fields) } }
          : known;
    if (customer !== known) world.store.set(key, customer);
    return customer;
  },

  tokenFor(customer, fields, world) {
    if (fields['options.get_client_auth_token'] !== 'true') return undefined;
    const now = world.now().getTime();
    const known = customer.token;
    if (world.mockOptions.tokens === 'reuse' && known !== undefined && known.expiry.getTime() > now) return known;
    const token = { value: world.ids.token(), expiry: new Date(now + world.mockOptions.tokenLifetime * 1000) };
    if (world.mockOptions.tokens === 'reuse') world.store.set(storeKey(customer.fields, world), { ...customer, token });
    return token;
  },

  time: perSecond((date) => `${date.toISOString().slice(0, 19)}Z`),
};

/** The key that a request's customer is kept under. */
export function storeKey(
  fields: Fields,
  world: Pick<World, 'mockOptions'> = { mockOptions: DEFAULT_MOCK_OPTIONS },
): string {
  const reference = fields['object_reference_id'] ?? '';
  return world.mockOptions.referenceCase === 'same' ? reference.toLowerCase() : reference;
}

/** What is kept of a request: all but its options. */
export function stored(fields: Fields): Fields {
  const kept: Record<string, string> = {};
  for (const name in fields) if (!name.startsWith('options.')) kept[name] = fields[name] ?? '';
  return kept;
}

let lastAuthorization = { apiKey: '', header: 'Basic Og==' };

/** The header that the contract asks for, which nearly every call has, so that it need not be taken apart. */
function authorizationFor(apiKey: string): string {
  if (lastAuthorization.apiKey !== apiKey) {
    const bytes = new TextEncoder().encode(`${apiKey}:`);
    lastAuthorization = { apiKey, header: `Basic ${btoa(String.fromCharCode(...bytes))}` };
  }
  return lastAuthorization.header;
}

function decodeBase64(text: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
