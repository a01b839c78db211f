import type { MockResponse } from './steps.ts';
import type { FieldError } from './validate.ts';

/** Body of every undocumented answer: the fields of the documented 400, with the mock's own wording. */
export function errorBody(code: string, message: string): string {
  return JSON.stringify({ status: 'error', error_code: code, error_message: message });
}

/** A refusal that the page does not document. */
export function refusal(status: number, reason: string, headers: MockResponse['headers'] = {}): MockResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: errorBody('refused', reason) };
}

/** Body of a 400 as in public samples of the service: one for an absent field, one for a wrong value. */
export function sampleError({ field, problem }: FieldError): Record<string, unknown> {
  if (problem === 'missing') {
    const name = field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const error_message = `[${name}] cannot be null`;
    return { status: 'invalid_request_error', error_code: 'nullable', error_message };
  }
  return {
    error_message: `Wrong value in ${field}`,
    status: 'Invalid Request',
    error_code: 'Invalid Request',
    error_info: {
      user_message: 'Invalid request params. Please verify your input.',
      fields: [{ field_name: field, reason: 'Invalid value.' }],
      developer_message: 'Invalid request params',
      code: 'INVALID_INPUT',
      category: 'USER_ERROR',
    },
  };
}
