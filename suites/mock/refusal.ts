import type { MockResponse } from './steps.ts';

/** The body of every answer that the page does not document: as that of the documented 400, with words of the mock's own. */
export function errorBody(code: string, message: string): string {
  return JSON.stringify({ status: 'error', error_code: code, error_message: message });
}

/** An answer that refuses a call for a reason that the page does not speak of. */
export function refusal(status: number, reason: string, headers: MockResponse['headers'] = {}): MockResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: errorBody('refused', reason) };
}
