import { http, type RequestHandler } from 'msw';
import { checkMockOptions } from './check-options.ts';
import { DOCUMENT } from './document.ts';
import { mockHandlers } from './handlers.ts';
import { createMisbehavingMock } from './misbehaviour/misbehaving-mock.ts';
import type { MockOptions } from './options.ts';
import { SAMPLE_KEY, SAMPLE_MERCHANT } from './sample-access.ts';
import { type CustomerStore, type IdGenerator, randomIds } from './store.ts';

export type { MockOptions } from './options.ts';
export type { Customer, CustomerStore, Fields, IdGenerator, Token } from './store.ts';

/** Juspay's own base URLs. */
const JUSPAY: readonly string[] = ['https://api.juspay.in', 'https://sandbox.juspay.in'];

/** All optional. */
export interface CustomerHandlersOptions {
  /** The accepted API key. Default: the documentation's sample, `your_api_key`. */
  readonly key?: string;
  /** Default: the documentation's sample, `merchant_id`; others work too unless `mockOptions.otherMerchant` is `refuse`. */
  readonly merchant?: string;
  /** Base URLs to handle, or `*` for any. Default: Juspay's production and sandbox. */
  readonly baseUrl?: string | readonly string[];
  /** Current time, for dates and tokens. Default: the machine's clock. */
  readonly clock?: () => Date;
  /** Default: random, in the format of the documentation's samples. For snapshots: `countingIds()`. */
  readonly ids?: IdGenerator;
  /** Behaviour that the documentation leaves open. Default: the strict reading. */
  readonly mockOptions?: Partial<MockOptions>;
  /** Fault spec for every call: `NAME[=PARAMETER][*TIMES]`, for example `status-503*2`. Default: none. */
  readonly fault?: string;
  /** Lets a call request a fault with the header `x-mock-fault`. Default: the header is ignored. */
  readonly faultHeader?: boolean;
  /** Storage for customers. Default: in memory, separate for every call of this function. */
  readonly store?: CustomerStore;
}

/**
 * Get-or-create-customer as msw handlers, for Node.js and browsers.
 * @example
 * const server = setupServer(...customerHandlers({ key: 'test_key' }));
 * @throws SetupError for an unknown or invalid `fault` or `mockOptions`
 */
export function customerHandlers(options: CustomerHandlersOptions = {}): RequestHandler[] {
  const { key = SAMPLE_KEY, merchant = SAMPLE_MERCHANT, baseUrl = JUSPAY, clock, ids, mockOptions, store } = options;
  const mock = createMisbehavingMock(DOCUMENT, {
    apiKey: key,
    account: merchant,
    fault: options.fault,
    faultHeader: options.faultHeader,
    ids: ids ?? randomIds,
    ...(clock === undefined ? {} : { now: clock }),
    ...(mockOptions === undefined ? {} : { mockOptions: checkMockOptions(mockOptions) }),
    ...(store === undefined ? {} : { store }),
  });
  const bases = typeof baseUrl === 'string' ? [baseUrl] : baseUrl;
  return mockHandlers(
    http,
    mock,
    bases.map((base) => base.replace(/\/+$/, '')),
  );
}

/** Sequential ids and tokens, for snapshots: `cst_0000000000000001`, `tkn_` and 32 digits. */
export function countingIds(): IdGenerator {
  let customers = 0;
  let tokens = 0;
  return {
    customerId: () => `cst_${String(++customers).padStart(16, '0')}`,
    token: () => `tkn_${String(++tokens).padStart(32, '0')}`,
  };
}
