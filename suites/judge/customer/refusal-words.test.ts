import { expect, test } from 'vitest';
import { isLetIn, refusalInWords } from './refusal-words.ts';

function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = { 'content-type': 'application/json', ...headers };
  return { kind: 'answer' as const, status, headers: type, body: Buffer.from(text), retried: [], ms: 1 };
}

const HEADER =
  "It requires a header: JUSPAY_HEADERS sends one with every call, for example JUSPAY_HEADERS='x-routing-id: {object_reference_id}'";
const ADDRESS =
  'The service lets in only the IP addresses that it knows: have the address that this machine (or its proxy) calls from ' +
  'added to the allow-list of the account';
const KEY = 'Check JUSPAY_API_KEY, and that it belongs to this server (JUSPAY_BASE_URL) and to JUSPAY_MERCHANT_ID';
const MERCHANT = 'Check JUSPAY_MERCHANT_ID, and that JUSPAY_API_KEY belongs to it';
const NOT_THE_API =
  'That is not the API: check JUSPAY_BASE_URL, and whether a proxy, a firewall or a sign-in page stands between this ' +
  'machine and the service';

test.each([
  [
    answer(400, { error_code: 'nullable', error_message: '[xRoutingId] cannot be null' }),
    `status 400, error_code "nullable", error_message "[xRoutingId] cannot be null". ${HEADER}`,
  ],
  [
    answer(412, { error_message: 'X-Routing-Id is mandatory' }),
    `status 412, error_message "X-Routing-Id is mandatory". ${HEADER}`,
  ],
  [
    answer(403, {
      error_message: 'Internal Server error.',
      user_message: 'Bad Origin.',
      error_info: { code: 'BAD_ORIGIN', developer_message: 'IP Verification Failed' },
    }),
    'status 403, error_message "Internal Server error.", user_message "Bad Origin.", code "BAD_ORIGIN", ' +
      `developer_message "IP Verification Failed". ${ADDRESS}`,
  ],
  [answer(401, { status: 'error', error_code: 'access_denied' }), `status 401, error_code "access_denied". ${KEY}`],
  [
    answer(400, { error_message: 'xMerchantId is not valid' }),
    `status 400, error_message "xMerchantId is not valid". ${MERCHANT}`,
  ],
  [
    answer(404, { error_code: 'object_not_found' }),
    'status 404, error_code "object_not_found". Check JUSPAY_BASE_URL and its path: requests go to /v2/customers below it',
  ],
  [
    answer(302, '', { location: 'https://elsewhere.example/login' }),
    'status 302, to "https://elsewhere.example/login". Redirects are not followed: check JUSPAY_BASE_URL (http or https, host, path)',
  ],
  [
    answer(200, '<!doctype html><title>Welcome to\n the hotel</title>', { 'content-type': 'text/html' }),
    `status 200, an HTML page "Welcome to the hotel". ${NOT_THE_API}`,
  ],
  [answer(503, ''), 'status 503. The service itself failed: try again later'],
  [
    answer(400, `no\nJSON ${'x'.repeat(500)}`),
    `status 400, the body "no JSON ${'x'.repeat(152)}…". The documentation allows this call: the service may require a header ` +
      '(JUSPAY_HEADERS), or a setting of the account',
  ],
])('explains a refused ordinary call in one line: %#', (refused, words) => {
  expect(isLetIn(refused)).toBe(false);
  expect(refusalInWords(refused)).toBe(words);
});

test.each([
  answer(200, { id: 'cst_1', object: 'customer' }),
  answer(201, { id: 'cst_1', object: 'customer' }),
  answer(200, 'no JSON'),
  // Accepted by its body, whatever the status.
  answer(500, { id: 'cst_1', object: 'customer' }),
])('a claim broken by an ordinary call is still judged: %#', (accepted) => {
  expect(isLetIn(accepted)).toBe(true);
});
