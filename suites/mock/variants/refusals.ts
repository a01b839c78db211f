import { bodies } from '../patches.ts';
import { asIs, refusals, type Variant, variantsOf } from './variant.ts';

const JSON_TYPE = 'application/json';

/** Unauthorized calls, refused with any 4xx and any body without a customer. */
export const refusalVariants: readonly Variant[] = [
  ...[402, 403, 406, 409, 410, 412, 418, 422, 451, 499].map((status) => ({
    ...{ name: `refusals-${status}`, open: 'AU-5' },
    patch: refusals([status, JSON_TYPE, '{"error":true}']),
  })),
  ...variantsOf('AU-5', refusals, {
    'refusals-as-juspay-denies': [
      401,
      JSON_TYPE,
      '{"status":"error","error_code":"access_denied","error_info":{"code":"UNAUTHORIZED","category":"USER_ERROR"}}',
    ],
    'refusals-missing-authentication': [
      401,
      JSON_TYPE,
      '{"status":"invalid_request_error","error_code":"missing_authentication","error_message":"Missing authentication"}',
    ],
    'refusals-of-a-bad-origin': [
      403,
      JSON_TYPE,
      '{"error":true,"error_message":"Internal Server error.","user_message":"Bad Origin.","error_info":{"code":"BAD_ORIGIN","category":"USER_ERROR","developer_message":"IP Verification Failed"}}',
    ],
    'refusals-not-found': [
      404,
      JSON_TYPE,
      '{"error_code":"object_not_found","error_message":"Cannot find what you are looking for"}',
    ],
    'refusals-without-body-or-type': [401, undefined, ''],
    'refusals-null': [401, JSON_TYPE, 'null'],
    'refusals-a-text': [401, JSON_TYPE, '"unauthorized"'],
    'refusals-not-json-after-all': [401, JSON_TYPE, 'Unauthorized'],
    'refusals-a-byte-order-mark': [401, JSON_TYPE, '\ufeff{}'],
    'refusals-in-xml': [403, 'application/xml', '<?xml version="1.0"?><error code="403"/>'],
    'refusals-of-a-gateway': [
      403,
      'text/html; charset=iso-8859-1',
      '<html><head><title>403 Forbidden</title></head></html>',
    ],
    'refusals-of-a-documented-400': [
      400,
      JSON_TYPE,
      '{"status":"error","error_code":"E1","error_message":"merchant or key"}',
    ],
    'refusals-very-long': [401, 'text/plain', 'no '.repeat(20_000)],
  } satisfies Record<string, readonly [number, string | undefined, string]>),
  ...variantsOf('AU-5', asIs, {
    'refusals-tell-the-reference': bodies(
      (_, sent) => ({ error_message: `no access to ${sent['object_reference_id']}` }),
      401,
    ),
  }),
];
