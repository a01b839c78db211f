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

/** Where Juspay serves the operation. */
const JUSPAY: readonly string[] = ['https://api.juspay.in', 'https://sandbox.juspay.in'];

/** All optional. */
export interface CustomerHandlersOptions {
  /** The API key that is let in. Default: the documentation's own, `your_api_key`. */
  readonly key?: string;
  /** Default: the documentation's own, `merchant_id`; others are let in unless `mockOptions.otherMerchant` is `refuse`. */
  readonly merchant?: string;
  /** Base URLs that are answered for, or `*` for any. Default: Juspay's production and sandbox. */
  readonly baseUrl?: string | readonly string[];
  /** What time it is, for dates and for tokens. Default: the machine's clock. */
  readonly clock?: () => Date;
  /** Default: random, as the documentation's samples look. For snapshots: `countingIds()`. */
  readonly ids?: IdGenerator;
  /** What the documentation leaves open. Default: the strict reading. */
  readonly mockOptions?: Partial<MockOptions>;
  /** What is to go wrong: `NAME[=PARAMETER][*TIMES]`, for example `status-503*2`. Default: nothing. */
  readonly fault?: string;
  /** One call can ask for a fault by the header `x-mock-fault`. Default: the header is ignored. */
  readonly faultHeader?: boolean;
  /** Where customers are kept. Default: in memory, new with every call of this function. */
  readonly store?: CustomerStore;
}

/**
 * Get-or-create-customer as handlers for msw, in Node and in the browser; with a store of its own at every call.
 * @example
 * const server = setupServer(...customerHandlers({ key: 'test_key' }));
 * @throws SetupError where `fault` or `mockOptions` names nothing that is known
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

/** Ids and tokens that count up from 1, for snapshots: `cst_0000000000000001`, `tkn_` and 32 digits. */
export function countingIds(): IdGenerator {
  let customers = 0;
  let tokens = 0;
  return {
    customerId: () => `cst_${String(++customers).padStart(16, '0')}`,
    token: () => `tkn_${String(++tokens).padStart(32, '0')}`,
  };
}
