import type { MockRequest, MockResponse } from '../steps.ts';
import type { FaultPatch } from './fault.ts';

type Body = Record<string, unknown>;

/** Changes the JSON body of answers with a status. */
export function changeBody(
  status: number,
  change: (body: Body, request: MockRequest) => unknown,
): Required<Pick<FaultPatch, 'rewrite'>> {
  return {
    rewrite: (response, request) =>
      response.status === status && typeof response.body === 'string'
        ? { ...response, body: JSON.stringify(change(JSON.parse(response.body) as Body, request)) }
        : response,
  };
}

/** Changes every n-th answer. */
export function everyNth(
  n: number,
  change: (response: MockResponse) => MockResponse,
): Required<Pick<FaultPatch, 'rewrite'>> {
  let count = 0;
  return {
    rewrite(response) {
      count += 1;
      return count % n === 0 ? change(response) : response;
    },
  };
}
