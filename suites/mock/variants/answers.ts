import { answers, type Body, bodies, headers, type Patch, texts } from '../patches.ts';
import { asIs, type Variant, variantsOf } from './variant.ts';

type Change = (body: Body) => unknown;

const refused = (change: Parameters<typeof bodies>[0]): Patch => bodies(change, 400);
const withHeaders = (more: Readonly<Record<string, string>>): Patch => headers((all) => ({ ...all, ...more }));
const typed = (type: string): Patch => withHeaders({ 'content-type': type });

/** Adds white space around colons, except in strings. */
function spacedColons(body: string): string {
  return body.replace(/("(?:[^"\\]|\\.)*")(\s*:)?/g, (_, text: string, colon?: string) =>
    colon ? `${text} :\t` : text,
  );
}

function escaped(pattern: RegExp): (body: string) => string {
  const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  // Only in strings, because the letters of `null` and `true` cannot be escaped.
  return (body) => body.replace(/"(?:[^"\\]|\\.)*"/g, (text) => `"${text.slice(1, -1).replace(pattern, code)}"`);
}

const indented = (by: number | string) => (body: string) => JSON.stringify(JSON.parse(body), null, by);
const ordered =
  (compare: (one: string, other: string) => number): Change =>
  (body) =>
    Object.fromEntries(Object.entries(body).sort(([one], [other]) => compare(one, other)));

/** Answers in another notation, or with more content. */
export const answerVariants: readonly Variant[] = [
  ...variantsOf('EP-4', texts, {
    'indented-by-two': indented(2),
    'indented-by-tabs': indented('\t'),
    'line-break-at-the-end': (body) => `${body}\n`,
    'blanks-before-and-behind': (body) => `   ${body}\r\n\r\n`,
    'blanks-around-colons': spacedColons,
    'slashes-escaped': (body) => body.replaceAll('/', '\\/'),
    'ampersands-escaped': escaped(/[&<>'=]/g),
    'at-signs-escaped': escaped(/[@+]/g),
    'digits-escaped': escaped(/\d/g),
    'everything-escaped': escaped(/[a-z_.@-]/gi),
  }),
  ...variantsOf('EP-4', typed, {
    'charset-without-blank': 'application/json;charset=utf-8',
    'media-type-in-capitals': 'APPLICATION/JSON',
    'blank-before-charset': 'application/json ; charset=UTF-8',
    'two-parameters': 'application/json; profile="https://example.com/a;b"; charset=utf-8',
    'hal-json': 'application/hal+json',
    'vendor-json-with-version': 'application/vnd.juspay.v2+json; version=2',
  }),
  ...variantsOf('EP-4', withHeaders, {
    'headers-of-a-gateway': {
      via: '1.1 varnish',
      'x-cache': 'MISS',
      'strict-transport-security': 'max-age=1',
      vary: 'Accept',
    },
    'cookies-set': { 'set-cookie': 'route=1; Path=/; HttpOnly', 'cache-control': 'no-store' },
    'a-location': { location: '/v2/customers/1', etag: '"1"' },
    'limits-told': { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', 'retry-after': '1' },
  }),
  ...variantsOf('EP-4', asIs, {
    'problem-json-for-errors': headers((all) => ({ ...all, 'content-type': 'application/problem+json' }), 400),
  }),
  ...variantsOf('EP-4', answers, {
    'keys-in-order': ordered((one, other) => (one < other ? -1 : 1)),
    'keys-in-reverse-order': ordered((one, other) => (one < other ? 1 : -1)),
    'a-field-of-numbers': (body) => ({ ...body, version: 2, balance: -1.5e-7, big: 2 ** 70 }),
    'a-field-named-nothing': (body) => ({ ...body, '': '', ' ': null }),
    'a-field-beyond-ascii': (body) => ({ ...body, prénom: 'Zoë', note: '\u{1f600} \u2028' }),
    'deep-fields': (body) => ({ ...body, meta: JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`) as unknown }),
    'a-long-field': (body) => ({ ...body, notes: 'x'.repeat(20_000) }),
    'lists-of-related-things': (body) => ({
      ...body,
      addresses: [],
      cards: [{ id: 'card_1', object: 'card' }],
      links: {},
    }),
    'empty-error-fields': (body) => ({ ...body, status: 'ACTIVE', error_code: '', error_message: '' }),
    'null-error-fields': (body) => ({ ...body, status: 'NEW', error_code: null, error_message: null }),
    'further-times': (body) => ({
      ...body,
      deleted_at: null,
      first_seen: '2001-01-01T00:00:00Z',
      lastUpdated: '2001-01-01 00:00',
    }),
    'other-spellings-beside': (body) => ({
      ...body,
      objectReferenceId: body['object_reference_id'],
      firstName: 'another',
    }),
    'an-id-of-another-name': (body) => ({ ...body, customer_id: body['id'], merchant_id: 'm', _id: 7 }),
    'a-full-name': (body) => ({
      ...body,
      name: `${String(body['first_name'])} ${String(body['last_name'])}`,
      mobile: body['mobile_number'],
    }),
  }),
  ...variantsOf('RS-7', answers, {
    'customer-id-in-lowercase': (body) => ({ ...body, customer_id: body['object_reference_id'] }),
    'customer-id-that-is-the-id': (body) => ({ ...body, Customer_id: body['id'] }),
    'customer-id-null': (body) => ({ ...body, customer_id: null }),
  }),
  ...variantsOf('RS-8', answers, {
    'unsent-last-name-null': (body) => ({ last_name: null, ...body }),
    'unsent-country-code-of-india': (body) => ({ mobile_country_code: '91', last_name: null, ...body }),
    'unsent-names-a-default': (body) => ({ first_name: 'Guest', last_name: '-', ...body }),
  }),
  ...variantsOf('TK-2', answers, {
    'juspay-with-other-things': (body) => ({
      ...body,
      juspay: { flow: 'sdk', ...(body['juspay'] as object | undefined) },
    }),
    'juspay-a-list-without-token': (body) => ({ juspay: [], ...body }),
    'juspay-false-without-token': (body) => ({ juspay: false, ...body }),
  }),
  ...variantsOf('ER-3', refused, {
    'error-as-juspay-writes-it': () => ({
      error_message: 'Wrong value in mobile_number',
      status: 'Invalid Request',
      error_code: 'Invalid Request',
      error_info: {
        user_message: 'Invalid request params. Please verify your input.',
        fields: [{ field_name: 'mobile_number', reason: 'Invalid value.' }],
        developer_message: 'Invalid request params',
        code: 'INVALID_INPUT',
        category: 'USER_ERROR',
      },
    }),
    'error-nullable': () => ({
      status: 'invalid_request_error',
      error_code: 'nullable',
      error_message: '[objectReferenceId] cannot be null',
    }),
    'error-status-400-as-text': (body) => ({ ...body, status: '400' }),
    'error-texts-empty': () => ({ status: '', error_code: '', error_message: '' }),
    'error-beyond-ascii': (body) => ({ ...body, error_message: 'Ungültig: “\u0939”\n\t' }),
    'error-very-long': (body) => ({ ...body, error_message: 'no. '.repeat(5000) }),
    'error-with-its-time': (body) => ({ timestamp: Date.now(), path: '/v2/customers', trace: ['a', 'b'], ...body }),
    'error-with-a-list': (body) => ({ ...body, errors: [{ field: 'first_name', code: 17 }], user_message: null }),
    'error-with-an-id': (body) => ({ ...body, request_id: 'req_1', id: 'err_1', object: 'error' }),
    'error-tells-the-request': (body, _, request) => ({ ...body, error_message: `not possible: ${request.body}` }),
  }),
];
