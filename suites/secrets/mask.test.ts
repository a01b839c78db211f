import { describe, expect, test } from 'vitest';
import { createMasker } from './mask.ts';

const KEY = 'Ke/y+1 "ü"&=z';
const masker = createMasker([
  { value: KEY, name: 'API key' },
  { value: 'ab', name: 'short' },
]);

describe('a secret is masked', () => {
  test.each([
    ['raw', KEY],
    ['percent-coded', encodeURIComponent(KEY)],
    ['percent-coded in small letters', encodeURIComponent(KEY).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())],
    ['as a form', new URLSearchParams({ '': KEY }).toString().slice(1)],
    ['as JSON', JSON.stringify(KEY).slice(1, -1)],
    ['as JSON in JSON', JSON.stringify(JSON.stringify(KEY).slice(1, -1)).slice(1, -1)],
    ['as Basic credentials', Buffer.from(`${KEY}:`).toString('base64')],
    ['as Basic credentials without the colon', Buffer.from(KEY).toString('base64')],
    ['as base64 for URLs', Buffer.from(KEY).toString('base64url')],
    ['in hexadecimal', Buffer.from(KEY).toString('hex')],
  ])('%s', (_, spelling) => {
    expect(masker.mask(`<${spelling}>`)).toBe('<[API key]>');
  });

  test('wherever it stands in a value, in names of properties too', () => {
    expect(masker.maskDeep({ [KEY]: [KEY, 1, null, { a: `x${KEY}` }] })).toEqual({
      '[API key]': ['[API key]', 1, null, { a: 'x[API key]' }],
    });
  });

  test('also a short one, and one that is learned on the way', () => {
    const own = createMasker([{ value: 'zz', name: 'short' }]);
    own.learn({ value: 'tkn_learned', name: 'token' });
    expect(own.mask('(zz) (tkn_learned)')).toBe('([short]) ([token])');
  });
});

describe('the names of the variables in a command', () => {
  const COMMAND = `curl -u "\${JUSPAY_API_KEY}:" -H "x-merchantid: $JUSPAY_MERCHANT_ID"`;

  test('stay, also where a secret is a part of them', () => {
    const samples = createMasker(['MERCHANT_ID', 'merchant_id', 'API_KEY'].map((value) => ({ value, name: 'secret' })));
    expect(samples.mask(COMMAND)).toBe(COMMAND);
    expect(samples.mask('MERCHANT_ID, merchant_id and JUSPAY_MERCHANT_IDENTITY')).toBe(
      '[secret], [secret] and JUSPAY_MERCHANT_IDENTITY',
    );
    expect(samples.mask('API_KEYJUSPAY_API_KEY')).toBe('[secret]JUSPAY_API_KEY');
  });

  test('hide no secret that is more than a part of them', () => {
    const own = createMasker([{ value: 'JUSPAY_API_KEY_0001', name: 'API key' }]);
    expect(own.mask('JUSPAY_API_KEY_0001 and JUSPAY_API_KEY')).toBe('[API key] and JUSPAY_API_KEY');
    const same = createMasker([{ value: 'JUSPAY_API_KEY', name: 'API key' }]);
    expect(same.mask('JUSPAY_API_KEY')).toBe('[API key]');
  });
});
