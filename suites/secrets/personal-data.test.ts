import { describe, expect, test } from 'vitest';
import type { CaseResult } from '../judge/result.ts';
import { createPersonalDataMask } from './personal-data.ts';

const mask = createPersonalDataMask();

/** The masked body of an answer, and a finding that quotes it. */
function masked(
  body: string,
  sent = 'object_reference_id=conf-1234&first_name=Maria&email_address=maria%40example.com',
): string {
  const request = { method: 'POST', path: '/', headers: {}, body: sent };
  const response = { status: 200, headers: {}, body };
  const exchange = {
    step: '',
    request,
    response,
    credentials: 'right',
    credentialsInWords: '',
    retried: [],
    ms: 0,
  } as const;
  const result: CaseResult = {
    ...{ id: 'RS-4/x', claim: 'RS-4', title: '', verdict: 'fail', held: false, customers: { kept: 1, new: 0 }, ms: 0 },
    findings: [{ claim: 'RS-4', expected: 'x', actual: body, exchange: 0 }],
    exchanges: [exchange],
  };
  const { findings, exchanges } = mask(result);
  expect(findings[0]?.actual).toBe(exchanges[0]?.response?.body);
  return exchanges[0]?.response?.body ?? '';
}

describe("other people's data", () => {
  test.each([
    ['{"email_address":"otto@strange.example"}', '{"email_address":"[somebody\'s data]"}'],
    ['{"a":{"userPhone":"+4915550123"}}', '{"a":{"userPhone":"[somebody\'s data]"}}'],
    ['{"mobile_number":4915550123456}', '{"mobile_number":"[somebody\'s data]"}'],
    ['{"last_name":"Ux","note":"Uxbridge"}', '{"last_name":"[somebody\'s data]","note":"Uxbridge"}'],
    ['{"first_name":"J\\u00fcrgen"}', '{"first_name":"[somebody\'s data]"}'],
    ['{"last_name":"Customer","object":"customer"}', '{"last_name":"[somebody\'s data]","object":"customer"}'],
    ['{"reached":"+49 (155) 5012-3456"}', '{"reached":"[somebody\'s data]"}'],
    ['<p>otto@strange.example</p>', "<p>[somebody's data]</p>"],
    ['{"object_reference_id":"otto-from-berlin"}', '{"object_reference_id":"[somebody\'s data]"}'],
  ])('in %s is masked', (body, expected) => {
    expect(masked(body)).toBe(expected);
  });

  test.each([
    '{"first_name":"Maria","email_address":"maria@example.com"}',
    '{"first_name":"MARIA","email_address":"Maria@Example.com "}',
    '{"object_reference_id":"conf-1234"}',
    '{"first_name":"Tom"}',
    '{"error_field":"first_name","field_name":"x","error_message":"first_name is bad"}',
    '{"mobile_country_code":"65","id":"cst_1234567","object":"customer"}',
    'not JSON',
  ])('may be our own: %s stays', (body) => {
    expect(masked(body)).toBe(body);
  });
});
