import type { MockOptions } from '../options.ts';
import { answers, bodies, customers, headers, type Patch, texts } from '../patches.ts';
import { answerVariants } from './answers.ts';
import { behaviourVariants, numbered } from './behaviour.ts';
import { refusalVariants } from './refusals.ts';
import { timeVariants } from './times.ts';
import { any, asIs, clock, HOUR, refusals, stricter, times, type Variant, variantsOf } from './variant.ts';

/** The options of the mock that make a conforming server of another kind. */
const options =
  (mockOptions: Partial<MockOptions>): Patch =>
  () => ({ mockOptions });

/** One server for most of what the contract leaves open. */
const ofTheMock: readonly Variant[] = [
  ...variantsOf('EP-4', asIs, {
    'additional-fields': bodies((body) => ({ ...body, sequence: 7, extra: { list: [null] } })),
    'additional-fields-beside-the-token': bodies((body) =>
      'juspay' in body ? { ...body, juspay: { ...(body['juspay'] as object), kind: 'sdk' } } : body,
    ),
    'keys-reversed': bodies((body) => Object.fromEntries(Object.entries(body).reverse())),
    'pretty-printed': texts((body) => `\r\n${JSON.stringify(JSON.parse(body), null, '\t')}\n`),
    'characters-escaped': texts((body) => body.replaceAll('a', '\\u0061')),
    'charset-parameter': headers((all) => ({ ...all, 'content-type': 'Application/JSON; Charset="UTF-8"' })),
    'json-suffix-media-type': headers((all) => ({ ...all, 'content-type': 'application/vnd.customer+json' })),
  }),
  ...variantsOf('AU-5', refusals, {
    'refusals-403-html': [403, 'text/html', '<h1>Forbidden</h1>'],
    'refusals-404-empty': [404, 'text/plain', ''],
    'refusals-400-text': [400, 'text/plain', 'bad'],
    'refusals-422-array': [422, 'application/json', '["no"]'],
  }),
  ...variantsOf('AU-5', options, {
    'merchant-refused-403': { merchantRefusal: 403 },
    'merchant-refused-400': { merchantRefusal: 400 },
    'bare-key-refused': { keyWithoutColon: 'refuse' },
  }),
  ...variantsOf('AU-6', options, {
    'password-ignored': { password: 'accept' },
    'other-merchants-refused': { otherMerchant: 'refuse' },
  }),
  ...variantsOf('EP-3', options, { 'json-accepted': { jsonBody: 'accept' } }),
  ...variantsOf('EP-5', options, { 'other-media-types-accepted': { otherMediaType: 'accept' } }),
  ...variantsOf('EP-6', options, { 'versioned-path-alone': { unversionedPath: 'refuse' } }),
  ...variantsOf('GC-5', options, { 'later-data-taken-over': { laterCall: 'update' } }),
  ...variantsOf('GC-6', options, { 'references-in-any-case': { referenceCase: 'same' } }),
  ...variantsOf('TK-7', options, {
    'token-reused': { tokens: 'reuse' },
    'token-for-a-minute': { tokenLifetime: 60 },
    'token-for-a-month': { tokenLifetime: 2_592_000 },
  }),
  ...variantsOf('TK-7', asIs, {
    'token-of-three-parts': numbered(
      (count) => `cst_${count}`,
      (count) => `eyJhbGciOi.${count}.c2ln-_`,
    ),
  }),
  ...variantsOf('RS-2', asIs, {
    'ids-of-digits': numbered(
      (count) => String(1000 + count),
      () => crypto.randomUUID(),
    ),
  }),
  ...variantsOf('RS-7', options, { 'customer-id-field': { customerIdField: 'present' } }),
  ...variantsOf('RS-8', options, {
    'unsent-fields-empty': { unsent: 'empty' },
    'unsent-fields-null': { unsent: 'null' },
  }),
  ...variantsOf('RS-8', answers, {
    'unsent-fields-filled': (body) => ({ mobile_country_code: '91', email_address: '', ...body }),
  }),
  ...variantsOf('TK-2', answers, {
    'juspay-null-without-token': (body) => ({ juspay: null, ...body }),
    'juspay-empty-without-token': (body) => ({ juspay: {}, ...body }),
  }),
  ...variantsOf('RQ-18', options, { 'unknown-fields-refused': { unknownFields: 'refuse' } }),
  ...variantsOf('RQ-18', stricter, {
    'empty-fields-refused': (fields) => any(fields, (value) => value === ''),
    'long-values-refused': (fields) =>
      any(fields, (value, name) => value.length > (name.endsWith('_name') ? 40 : name === 'email_address' ? 80 : 64)),
  }),
  ...variantsOf('RQ-19', stricter, {
    'strict-email-addresses': ({ email_address: address = 'a@example.com' }) =>
      !/^[^@]+@([a-z0-9-]+\.)+[a-z]{2,}$/i.test(address),
    'email-addresses-of-the-mail-standard': ({ email_address: address = 'a@example.com' }) =>
      /\.\.|^\.|\.@|^[^@]{65}/.test(address),
  }),
  ...variantsOf('RQ-13', stricter, {
    'names-of-ascii-without-spaces': (fields) =>
      any(fields, (value, name) => name.endsWith('_name') && /[^!-~]/.test(value)),
  }),
  ...variantsOf('RQ-5', stricter, {
    'mobile-numbers-of-8-to-12-digits': ({ mobile_number = '' }) => !/^\d{8,12}$/.test(mobile_number),
  }),
  ...variantsOf('RQ-15', stricter, {
    'country-codes-of-digits': ({ mobile_country_code = '' }) => !/^\d*$/.test(mobile_country_code),
  }),
  ...variantsOf('RS-9', asIs, {
    'no-date-header': headers(({ date: _, ...rest }) => rest),
    'clock-an-hour-ahead': clock(HOUR),
    'clock-an-hour-behind': clock(-HOUR),
    'clock-of-1999': clock(Date.UTC(1999, 0, 1) - Date.now()),
  }),
  ...variantsOf('RS-5', asIs, {
    'fractional-seconds': times((iso) => iso.replace('Z', '456Z')),
    'fractional-seconds-in-date-created-alone': answers((body) => ({
      ...body,
      date_created: String(body['date_created']).replace(/(?:\.\d+)?Z/, '.947Z'),
    })),
    'lowercase-times': times((iso) => iso.toLowerCase()),
    'times-of-india': times((_, date) => new Date(date.getTime() + 5.5 * HOUR).toISOString().replace('Z', '+05:30')),
    'last-updated-moves': customers((customer, { world }) => ({
      ...customer,
      updated: new Date(world.now().getTime() + 1000),
    })),
  }),
  ...variantsOf('ER-3', asIs, {
    'other-words-in-errors': bodies(
      (body) => ({ ...body, status: 'error', error_code: 'E17', error_info: { fields: [] } }),
      400,
    ),
  }),
];

/** All conforming variants, except those of the transport, which are in transport.ts. */
export const VARIANTS: readonly Variant[] = [
  ...ofTheMock,
  ...answerVariants,
  ...timeVariants,
  ...refusalVariants,
  ...behaviourVariants,
];
