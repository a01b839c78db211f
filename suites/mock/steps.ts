import { DEFAULT_MOCK_OPTIONS, type MockOptions } from './options.ts';
import { perSecond } from './remember-last.ts';
import type { Customer, CustomerStore, Fields, IdGenerator, Token } from './store.ts';
import type { FieldError, FormValidator } from './validate.ts';

/** A request. Header names are in lowercase. */
export interface MockRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** An answer. */
export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A refusal because of credentials, merchant id or transport. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** What the steps share: credentials, storage, clock. */
export interface World {
  readonly apiKey: string;
  readonly account: string;
  readonly mockOptions: MockOptions;
  readonly store: CustomerStore;
  readonly ids: IdGenerator;
  now(): Date;
}

/** The form's field that asks for a token. */
export const TOKEN_OPTION = 'options.get_client_auth_token';

/** The behaviour that no schema can express, in steps. A fault replaces one of them. */
export interface Steps {
  checkKey(authorization: string | undefined, world: World): Refusal | undefined;
  checkMerchant(merchant: string | undefined, world: World): Refusal | undefined;
  /** Parses a form. The mock option `repeatedField` decides which value of a repeated field counts. */
  decode(body: string, world?: Pick<World, 'mockOptions'>): Fields;
  validate(fields: Fields, validator: FormValidator, world: World): FieldError[];
  /** Gets or creates. Returning a promise lets other calls run in between: a race. */
  customerFor(fields: Fields, world: World): Customer | Promise<Customer>;
  tokenFor(customer: Customer, fields: Fields, world: World): Token | undefined;
  /** RFC 3339. */
  time(date: Date): string;
}

/** The steps of a conforming server. */
export const CONFORMING_STEPS = {
  checkKey(authorization, { apiKey, mockOptions }: Pick<World, 'apiKey' | 'mockOptions'>) {
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

  checkMerchant(merchant, { account, mockOptions }: Pick<World, 'account' | 'mockOptions'>) {
    const known = mockOptions.otherMerchant === 'accept' || merchant === account;
    const missing = merchant === undefined || merchant === '';
    if (missing ? mockOptions.missingMerchant === 'accept' : known) return undefined;
    return { status: mockOptions.merchantRefusal, reason: 'merchant id missing or unknown' };
  },

  decode(body, world?: Pick<World, 'mockOptions'>) {
    // No prototype: a field may be named `constructor`.
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
    if (fields[TOKEN_OPTION] !== 'true') return undefined;
    const now = world.now().getTime();
    const known = customer.token;
    if (world.mockOptions.tokens === 'reuse' && known !== undefined && known.expiry.getTime() > now) return known;
    const token = { value: world.ids.token(), expiry: new Date(now + world.mockOptions.tokenLifetime * 1000) };
    if (world.mockOptions.tokens === 'reuse') world.store.set(storeKey(customer.fields, world), { ...customer, token });
    return token;
  },

  time: perSecond((date) => `${date.toISOString().slice(0, 19)}Z`),
} satisfies Steps;

/** The store key of a request's customer. */
export function storeKey(
  fields: Fields,
  world: Pick<World, 'mockOptions'> = { mockOptions: DEFAULT_MOCK_OPTIONS },
): string {
  const reference = fields['object_reference_id'] ?? '';
  return world.mockOptions.referenceCase === 'same' ? reference.toLowerCase() : reference;
}

/** The fields that are stored: all but the options. */
export function stored(fields: Fields): Fields {
  const kept: Record<string, string> = {};
  for (const name in fields) if (!name.startsWith('options.')) kept[name] = fields[name] ?? '';
  return kept;
}

let lastAuthorization = { apiKey: '', header: 'Basic Og==' };

/** The expected header, so that most calls need no decoding. */
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
