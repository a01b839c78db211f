import autocannon from 'autocannon';
import { SAMPLE_KEY, SAMPLE_MERCHANT } from '../mock/customer-handlers.ts';

/** Figures of one load. */
export interface LoadFigures {
  readonly requests: number;
  readonly seconds: number;
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
  /** Requests without an answer. */
  readonly unanswered: number;
  /** What was wrong with answers: a few of them, in words. */
  readonly wrong: readonly string[];
  readonly wrongCount: number;
}

/** One request of a load and the check of its answer. */
export interface LoadCall {
  readonly body: string;
  readonly authorization: string;
  /** @returns what is wrong with the answer; undefined where nothing is */
  check(status: number, body: string): string | undefined;
}

const AUTHORIZATION = `Basic ${btoa(`${SAMPLE_KEY}:`)}`;

/** Sends a number of calls over ten connections, one at a time each, and checks every answer against its call. */
export async function load(url: string, amount: number, next: () => LoadCall): Promise<LoadFigures> {
  const wrong: string[] = [];
  let wrongCount = 0;
  const started = performance.now();
  // The tool looks every second only whether all is answered; the last answer tells the time.
  let ended = started;
  const result = await autocannon({
    url: `${url}/v2/customers`,
    amount,
    connections: 10,
    pipelining: 1,
    requests: [
      {
        method: 'POST',
        setupRequest(request, context: { call?: LoadCall }) {
          context.call = next();
          const headers = {
            authorization: context.call.authorization,
            'x-merchantid': SAMPLE_MERCHANT,
            'content-type': 'application/x-www-form-urlencoded',
          };
          return { ...request, headers, body: context.call.body };
        },
        onResponse(status, body, context: { call?: LoadCall }) {
          ended = performance.now();
          const flaw = context.call === undefined ? 'an answer without a call' : context.call.check(status, body);
          if (flaw === undefined) return;
          wrongCount++;
          if (wrong.length < 5) wrong.push(flaw);
        },
      },
    ],
  });
  const seconds = (ended - started) / 1000;
  return {
    requests: amount,
    seconds,
    requestsPerSecond: amount / seconds,
    median: result.latency.p50,
    p99: result.latency.p99,
    unanswered: result.errors + result.timeouts,
    wrong,
    wrongCount,
  };
}

/** A call with the right key. */
export function callWith(fields: Readonly<Record<string, string>>, check: LoadCall['check']): LoadCall {
  return { body: new URLSearchParams(fields).toString(), authorization: AUTHORIZATION, check };
}
