import { customers } from '../faults/behaviour.ts';
import { answerVariants } from './answers.ts';
import { behaviourVariants } from './behaviour.ts';
import { refusalVariants } from './refusals.ts';
import { timeVariants } from './times.ts';
import {
  any,
  type Body,
  bodies,
  clock,
  HOUR,
  headers,
  refusals,
  rewriting,
  stricter,
  times,
  type Variant,
} from './variant.ts';

/** One server for each mock option that the contract allows. */
const ofTheMock: readonly Variant[] = [
  {
    name: 'additional-fields',
    open: 'EP-4',
    options: bodies((body) => ({ ...body, sequence: 7, extra: { list: [null] } })),
  },
  {
    name: 'additional-fields-beside-the-token',
    open: 'EP-4',
    options: bodies((body) =>
      'juspay' in body ? { ...body, juspay: { ...(body['juspay'] as Body), kind: 'sdk' } } : body,
    ),
  },
  {
    name: 'keys-reversed',
    open: 'EP-4',
    options: bodies((body) => Object.fromEntries(Object.entries(body).reverse())),
  },
  {
    name: 'pretty-printed',
    open: 'EP-4',
    options: rewriting((response) => ({
      ...response,
      body: `\r\n${JSON.stringify(JSON.parse(String(response.body)), null, '\t')}\n`,
    })),
  },
  {
    name: 'characters-escaped',
    open: 'EP-4',
    options: rewriting((response) => ({ ...response, body: String(response.body).replaceAll('a', '\\u0061') })),
  },
  {
    name: 'charset-parameter',
    open: 'EP-4',
    options: headers((all) => ({ ...all, 'content-type': 'Application/JSON; Charset="UTF-8"' })),
  },
  {
    name: 'json-suffix-media-type',
    open: 'EP-4',
    options: headers((all) => ({ ...all, 'content-type': 'application/vnd.customer+json' })),
  },
  { name: 'no-date-header', open: 'RS-9', options: headers(({ date: _, ...rest }) => rest) },
  { name: 'refusals-403-html', open: 'AU-5', options: refusals([403, 'text/html', '<h1>Forbidden</h1>']) },
  { name: 'refusals-404-empty', open: 'AU-5', options: refusals([404, 'text/plain', '']) },
  { name: 'refusals-400-text', open: 'AU-5', options: refusals([400, 'text/plain', 'bad']) },
  { name: 'refusals-422-array', open: 'AU-5', options: refusals([422, 'application/json', '["no"]']) },
  { name: 'merchant-refused-403', open: 'AU-5', options: () => ({ mockOptions: { merchantRefusal: 403 } }) },
  { name: 'merchant-refused-400', open: 'AU-5', options: () => ({ mockOptions: { merchantRefusal: 400 } }) },
  { name: 'bare-key-refused', open: 'AU-5', options: () => ({ mockOptions: { keyWithoutColon: 'refuse' } }) },
  { name: 'password-ignored', open: 'AU-6', options: () => ({ mockOptions: { password: 'accept' } }) },
  { name: 'other-merchants-refused', open: 'AU-6', options: () => ({ mockOptions: { otherMerchant: 'refuse' } }) },
  { name: 'json-accepted', open: 'EP-3', options: () => ({ mockOptions: { jsonBody: 'accept' } }) },
  { name: 'other-media-types-accepted', open: 'EP-5', options: () => ({ mockOptions: { otherMediaType: 'accept' } }) },
  { name: 'versioned-path-alone', open: 'EP-6', options: () => ({ mockOptions: { unversionedPath: 'refuse' } }) },
  { name: 'later-data-taken-over', open: 'GC-5', options: () => ({ mockOptions: { laterCall: 'update' } }) },
  { name: 'references-in-any-case', open: 'GC-6', options: () => ({ mockOptions: { referenceCase: 'same' } }) },
  { name: 'token-reused', open: 'TK-7', options: () => ({ mockOptions: { tokens: 'reuse' } }) },
  { name: 'token-for-a-minute', open: 'TK-7', options: () => ({ mockOptions: { tokenLifetime: 60 } }) },
  { name: 'token-for-a-month', open: 'TK-7', options: () => ({ mockOptions: { tokenLifetime: 2_592_000 } }) },
  {
    name: 'token-of-three-parts',
    open: 'TK-7',
    options: () => {
      let count = 0;
      return { ids: { customerId: () => `cst_${++count}`, token: () => `eyJhbGciOi.${++count}.c2ln-_` } };
    },
  },
  {
    name: 'ids-of-digits',
    open: 'RS-2',
    options: () => {
      let count = 1000;
      return { ids: { customerId: () => String(++count), token: () => crypto.randomUUID() } };
    },
  },
  { name: 'unsent-fields-empty', open: 'RS-8', options: () => ({ mockOptions: { unsent: 'empty' } }) },
  { name: 'unsent-fields-null', open: 'RS-8', options: () => ({ mockOptions: { unsent: 'null' } }) },
  {
    name: 'unsent-fields-filled',
    open: 'RS-8',
    options: bodies((body, status) =>
      status === 200 ? { mobile_country_code: '91', email_address: '', ...body } : body,
    ),
  },
  { name: 'customer-id-field', open: 'RS-7', options: () => ({ mockOptions: { customerIdField: 'present' } }) },
  {
    name: 'juspay-null-without-token',
    open: 'TK-2',
    options: bodies((body, status) => (status === 200 ? { juspay: null, ...body } : body)),
  },
  {
    name: 'juspay-empty-without-token',
    open: 'TK-2',
    options: bodies((body, status) => (status === 200 ? { juspay: {}, ...body } : body)),
  },
  { name: 'unknown-fields-refused', open: 'RQ-18', options: () => ({ mockOptions: { unknownFields: 'refuse' } }) },
  { name: 'empty-fields-refused', open: 'RQ-18', options: stricter((fields) => any(fields, (value) => value === '')) },
  {
    name: 'long-values-refused',
    open: 'RQ-18',
    options: stricter((fields) =>
      any(fields, (value, name) => value.length > (name.endsWith('_name') ? 40 : name === 'email_address' ? 80 : 64)),
    ),
  },
  {
    name: 'strict-email-addresses',
    open: 'RQ-19',
    options: stricter(
      (fields) => 'email_address' in fields && !/^[^@]+@([a-z0-9-]+\.)+[a-z]{2,}$/i.test(fields['email_address'] ?? ''),
    ),
  },
  {
    name: 'email-addresses-of-the-mail-standard',
    open: 'RQ-19',
    options: stricter(({ email_address: address = 'a@example.com' }) => /\.\.|^\.|\.@|^[^@]{65}/.test(address)),
  },
  {
    name: 'names-of-ascii-without-spaces',
    open: 'RQ-13',
    options: stricter((fields) => any(fields, (value, name) => name.endsWith('_name') && /[^!-~]/.test(value))),
  },
  {
    name: 'mobile-numbers-of-8-to-12-digits',
    open: 'RQ-5',
    options: stricter((fields) => !/^\d{8,12}$/.test(fields['mobile_number'] ?? '')),
  },
  {
    name: 'country-codes-of-digits',
    open: 'RQ-15',
    options: stricter((fields) => !/^\d*$/.test(fields['mobile_country_code'] ?? '')),
  },
  { name: 'clock-an-hour-ahead', open: 'RS-9', options: clock(HOUR) },
  { name: 'clock-an-hour-behind', open: 'RS-9', options: clock(-HOUR) },
  { name: 'clock-of-1999', open: 'RS-9', options: clock(Date.UTC(1999, 0, 1) - Date.now()) },
  { name: 'fractional-seconds', open: 'RS-5', options: times((iso) => iso.replace('Z', '456Z')) },
  {
    name: 'fractional-seconds-in-date-created-alone',
    open: 'RS-5',
    options: bodies(
      (body) => ({ ...body, date_created: String(body['date_created']).replace(/(?:\.\d+)?Z/, '.947Z') }),
      200,
    ),
  },
  { name: 'lowercase-times', open: 'RS-5', options: times((iso) => iso.toLowerCase()) },
  {
    name: 'times-of-india',
    open: 'RS-5',
    options: times((_, date) => new Date(date.getTime() + 5.5 * HOUR).toISOString().replace('Z', '+05:30')),
  },
  {
    name: 'other-words-in-errors',
    open: 'ER-3',
    options: bodies((body, status) =>
      status === 400 ? { ...body, status: 'error', error_code: 'E17', error_info: { fields: [] } } : body,
    ),
  },
  {
    name: 'last-updated-moves',
    open: 'RS-5',
    options: customers(() => (customer, { world }) => ({
      ...customer,
      updated: new Date(world.now().getTime() + 1000),
    })),
  },
];

/** All conforming variants, except those of the transport, which are in transport.ts. */
export const VARIANTS: readonly Variant[] = [
  ...ofTheMock,
  ...answerVariants,
  ...timeVariants,
  ...refusalVariants,
  ...behaviourVariants,
];
