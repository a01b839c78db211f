/** What the page leaves open, as the mock can be told to do it. No verdict may depend on any of these. */
export interface MockOptions {
  /** GC-5: a later call with other data keeps the first data or takes over the new. */
  readonly laterCall: 'keep' | 'update';
  /** GC-6: references that differ in letter case alone name two customers or one. */
  readonly referenceCase: 'distinct' | 'same';
  /** TK-7: a customer's unexpired token is handed out again, or every answer gets a new one. */
  readonly tokens: 'new' | 'reuse';
  /** TK-7: seconds. */
  readonly tokenLifetime: number;
  /** RS-8: optional fields that were not sent. */
  readonly unsent: 'absent' | 'empty' | 'null';
  /** EP-3: a JSON body. */
  readonly jsonBody: 'refuse' | 'accept';
  /** EP-5: a form under another media type or under none. */
  readonly otherMediaType: 'refuse' | 'accept';
  /** EP-6: the operation under /customers too. */
  readonly unversionedPath: 'refuse' | 'accept';
  /** AU-5: status of a refusal for want of the right key. */
  readonly keyRefusal: number;
  /** AU-5: status of a refusal for want of a merchant id. */
  readonly merchantRefusal: number;
  /** AU-5: Basic credentials that are the bare key. */
  readonly keyWithoutColon: 'refuse' | 'accept';
  /** AU-6: a password that is not empty. */
  readonly password: 'refuse' | 'accept';
  /** AU-6: a merchant id other than the mock's own. */
  readonly otherMerchant: 'refuse' | 'accept';
  /** RQ-18: fields that the document does not list. */
  readonly unknownFields: 'ignore' | 'refuse';
  /** RS-7: Customer_id beside the documented fields. */
  readonly customerIdField: 'absent' | 'present';
}

/** The strict reading throughout, but for the bare key, which Juspay's own SDK for Node.js sends. */
export const DEFAULT_MOCK_OPTIONS: MockOptions = {
  laterCall: 'keep',
  referenceCase: 'distinct',
  tokens: 'new',
  tokenLifetime: 900,
  unsent: 'absent',
  jsonBody: 'refuse',
  otherMediaType: 'refuse',
  unversionedPath: 'accept',
  keyRefusal: 401,
  merchantRefusal: 401,
  keyWithoutColon: 'accept',
  password: 'refuse',
  otherMerchant: 'accept',
  unknownFields: 'ignore',
  customerIdField: 'absent',
};
