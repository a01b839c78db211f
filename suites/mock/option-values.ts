import type { MockOptions } from './options.ts';

/** A list of words, or a range of whole numbers. */
export type Allowed = readonly string[] | { readonly from: number; readonly to: number };

/** What each mock option may be set to. */
export const MOCK_OPTION_VALUES: Readonly<Record<keyof MockOptions, Allowed>> = {
  laterCall: ['keep', 'update'],
  referenceCase: ['distinct', 'same'],
  tokens: ['new', 'reuse'],
  tokenLifetime: { from: 1, to: 1_000_000_000 },
  unsent: ['absent', 'empty', 'null'],
  jsonBody: ['refuse', 'accept'],
  otherMediaType: ['refuse', 'accept'],
  unversionedPath: ['refuse', 'accept'],
  keyRefusal: { from: 400, to: 499 },
  merchantRefusal: { from: 400, to: 499 },
  keyWithoutColon: ['refuse', 'accept'],
  password: ['refuse', 'accept'],
  otherMerchant: ['refuse', 'accept'],
  unknownFields: ['ignore', 'refuse'],
  customerIdField: ['absent', 'present'],
};
