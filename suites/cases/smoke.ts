/**
 * The cases of the smoke profile: one for nearly every `must` claim, namely the one that most wrong servers fail, with two
 * calls only if necessary, in at most 40 requests with the preflight's two. The report lists what it does not decide (for
 * example GC-3, which needs eight concurrent calls).
 */
export const SMOKE_CASES: ReadonlySet<string> = new Set([
  ...['EP-1/post', 'EP-2/percent-and-plus', 'EP-4/customer-with-token'],
  ...['AU-1/key-and-empty-password', 'AU-2/no-credentials-unknown-customer', 'AU-3/longer-key-unknown-customer'],
  ...['AU-4/empty-merchant-unknown-customer'],
  ...['RQ-1/absent-with-token', 'RQ-2/seven-characters', 'RQ-3/empty', 'RQ-4/ten-digits-leading-zero'],
  ...['RQ-6/circumflex', 'RQ-7/quotation-mark-in-domain', 'RQ-8/leading-full-stop'],
  ...['RQ-9/capital-letters', 'RQ-10/quotation-mark', 'RQ-11/capital-letters', 'RQ-12/number-sign'],
  ...['RS-1/creation', 'RS-2/id', 'RS-4/all-fields', 'RS-5/times', 'RS-9/new-customer'],
  ...['GC-1/other-data', 'GC-2/last-character', 'GC-4/bad-email'],
  ...['TK-1/new-customer', 'TK-2/absent', 'TK-3/false', 'TK-5/same-customer', 'TK-6/two-customers'],
  ...['ER-1/forbidden-character', 'ER-2/missing-field'],
]);
