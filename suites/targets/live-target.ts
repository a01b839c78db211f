import type { Numbers, Settings } from '../settings/settings.ts';
import { Admission, type Amount, Budget } from './admission.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import { openClient } from './client.ts';
import { Gate } from './gate.ts';
import { RETRY_BOUNDS, type RetryBounds } from './retries.ts';
import { Sender, stopped } from './sender.ts';
import type { AskedOperation, Target } from './target.ts';

/** The settings of a live target, and the operation to call. */
export type LiveSettings = Omit<Numbers, 'maxSeconds'> &
  Pick<Settings, 'baseUrl' | 'apiKey' | 'account' | 'headers'> & { readonly operation: AskedOperation };

/** A live target, which counts what it has used up. */
export interface LiveTarget extends Target {
  readonly lease: NonNullable<Target['lease']>;
  readonly spent: Amount;
  /** Stops sending. @param reason for the report */
  stop(reason: string): void;
}

/** Cases per concurrent request, so that another one runs while one waits for a retry. */
const CASES_PER_PLACE = 2;

/**
 * A server at a base URL, called over HTTP within the settings' limits.
 * @param reached whether it has answered before, so that a failed connection is worth a retry
 */
export function openLiveTarget(
  settings: LiveSettings,
  { reached = false, retries = RETRY_BOUNDS }: { readonly reached?: boolean; readonly retries?: RetryBounds } = {},
): LiveTarget {
  const { baseUrl, apiKey, account, headers, concurrency, maxRequests, maxNewCustomers, operation } = settings;
  const client = openClient(settings);
  const gate = new Gate(settings);
  const budget = new Budget({ requests: maxRequests, customers: maxNewCustomers });
  const limits = {
    requests: `JUSPAY_MAX_REQUESTS (${maxRequests})`,
    customers: `JUSPAY_MAX_NEW_CUSTOMERS (${maxNewCustomers})`,
  };
  const admission = new Admission(budget, { places: concurrency * CASES_PER_PLACE, atOnce: gate.largest, limits });
  const breaker: Breaker = createBreaker(
    () => outside.sendNow(operation.ordinaryRequest(settings)),
    (reason) => admission.stop(reason),
  );
  const shared = { client, gate, breaker, retries, operation, state: { reached, started: undefined } };
  const outside = new Sender(shared, budget.reserve({ requests: 0, customers: 0 }));
  const about = {
    kind: 'live',
    host: new URL(baseUrl).host,
    apiKey,
    account,
    headers,
    atOnce: gate.largest,
    close: () => client.close(),
  } as const;
  let counted = 0;
  return {
    ...about,
    /** Requests outside of cases have no reservation, and each may create a customer. */
    async send(request) {
      if (budget.fits(ONE_CUSTOMER) !== 'now') {
        return { ...stopped(`${limits.customers} leaves no room for another request`), retried: [] };
      }
      const reservation = budget.reserve(ONE_CUSTOMER);
      const outcome = breaker.watch(await outside.send(request));
      reservation.settle(outside.created - counted);
      counted = outside.created;
      return outcome;
    },
    stop: (reason) => breaker.open(reason),
    get spent() {
      return budget.spent;
    },
    async lease(need) {
      const admitted = await admission.ask(need);
      if (admitted.kind === 'refused') return admitted;
      const sender = new Sender(shared, admitted.reservation);
      return {
        kind: 'granted',
        target: { ...about, send: async (request) => breaker.watch(await sender.send(request)) },
        end() {
          admitted.reservation.settle(sender.created);
          admission.leave();
          return sender.created;
        },
      };
    },
  };
}

const ONE_CUSTOMER: Amount = { requests: 0, customers: 1 };
