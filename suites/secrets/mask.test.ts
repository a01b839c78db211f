import { describe, expect, test } from 'vitest';
import { createMasker } from './mask.ts';

const KEY = 'Ke/y+1 "ü"&=z';
const references = (write: (code: number) => string) => Array.from(KEY, (c) => write(c.charCodeAt(0))).join('');
const masker = createMasker([
  { value: KEY, name: 'API key' },
  { value: 'ab', name: 'short' },
]);

describe('a secret is masked', () => {
  test.each([
    ['raw', KEY],
    ['percent-coded', encodeURIComponent(KEY)],
    ['percent-coded in lowercase', encodeURIComponent(KEY).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())],
    ['as a form', new URLSearchParams({ '': KEY }).toString().slice(1)],
    ['as JSON', JSON.stringify(KEY).slice(1, -1)],
    ['as JSON in JSON', JSON.stringify(JSON.stringify(KEY).slice(1, -1)).slice(1, -1)],
    ['as Basic credentials', Buffer.from(`${KEY}:`).toString('base64')],
    ['as Basic credentials without the colon', Buffer.from(KEY).toString('base64')],
    ['as base64 for URLs', Buffer.from(KEY).toString('base64url')],
    ['in hexadecimal', Buffer.from(KEY).toString('hex')],
    ['in capitals', KEY.toUpperCase()],
    ['percent-coded twice', encodeURIComponent(encodeURIComponent(KEY))],
    ['percent-coded here and there', KEY.replace('K', '%4b').replace('z', '%7A')],
    ['in decimal references', references((code) => `&#${code};`)],
    ['in hexadecimal references', references((code) => `&#x${code.toString(16)};`)],
    ['in named references', KEY.replace('&', '&amp;').replaceAll('"', '&quot;').replace('/', '&sol;')],
    ['in references that are percent-coded', encodeURIComponent(references((code) => `&#${code};`))],
    ['as other languages write JSON', KEY.replace('&', '\\u0026').replace('/', '\\/').replaceAll('"', '\\"')],
    ['in escapes of JavaScript', references((code) => `\\x${code.toString(16)}`)],
  ])('%s', (_, spelling) => {
    expect(masker.mask(`<${spelling}>`)).toBe('<[API key]>');
  });

  test('a short one, and one that is learned later', () => {
    const own = createMasker([{ value: 'zz', name: 'short' }]);
    own.learn({ value: 'tkn_learned', name: 'token' });
    expect(own.mask('(zz) (tkn_learned)')).toBe('([short]) ([token])');
  });
});

test.each([
  ['unescaped', KEY],
  ['percent-coded', encodeURIComponent(KEY)],
  ['in references', references((code) => `&#${code};`)],
  ['in escapes', references((code) => `\\u${code.toString(16).padStart(4, '0')}`)],
])('a secret %s, truncated to at least four characters, is masked', (_, written) => {
  for (let length = 0; length < written.length; length++) {
    const masked = masker.mask(`<${written.slice(0, length)}… and so on`);
    expect(masked).toMatch(/^<(?:.{0,23}|\[API key\])… and so on$/);
  }
});

describe("the suite's own words", () => {
  const COMMAND = `curl -u "\${JUSPAY_API_KEY}:" -H "x-merchantid: $JUSPAY_MERCHANT_ID"`;

  test('stay, even if a secret is one of them or a part of one', () => {
    const words = ['merchant_id', 'api_key', 'juspay', 'customer', 'fail', 'id', 'stom', '200', 'RQ-7', 'conform'];
    const own = createMasker(words.map((value) => ({ value, name: 'secret' })));
    const text = `${COMMAND} {"juspay":{"object":"customer"}} does-not-conform: RQ-7 failed, status 200`;
    expect(own.mask(text)).toBe(text);
    expect(own.mask('(custom, failing, id1, stomp)')).toBe('(cu[secret], [secret]ing, id1, [secret]p)');
  });

  test('do not protect a longer secret that contains them', () => {
    const own = createMasker([{ value: 'JUSPAY_API_KEY_0001', name: 'API key' }]);
    expect(own.mask('JUSPAY_API_KEY_0001 and JUSPAY_API_KEY')).toBe('[API key] and JUSPAY_API_KEY');
  });
});

test('finds each of many secrets with the same start, the longest first', () => {
  const values = Array.from({ length: 300 }, (_, index) => `tkn_${'0'.repeat(30)}${index}`);
  const own = createMasker(values.map((value) => ({ value, name: value.slice(-3) })));
  for (const value of values) expect(own.mask(`"${value}"`)).toBe(`"[${value.slice(-3)}]"`);
});

test.each(['cnry&m<r>"ch\'%20+/=\\', 'Cnry+K/y"<&>%41\\u0041~\'=?', 'a&amp;b%2520c', 'x%41%zz\\y\\'])(
  'the secret %s, which contains something like an escape, is found in any encoding',
  (value) => {
    const own = createMasker([{ value, name: 'S' }]);
    const json = JSON.stringify(value).slice(1, -1);
    const html = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    for (const written of [value, json, JSON.stringify(json).slice(1, -1), html, encodeURIComponent(value)]) {
      // A backslash at its end, which reveals nothing, may be read as the start of the next escape.
      expect(own.mask(`<${written}> and so on`)).toMatch(/^<\[S\]\\*> and so on$/);
      expect(own.mask(`{"a":"${written}","b":"c"}`)).toMatch(/^\{"a":"\[S\]\\*","b":"c"\}$/);
    }
  },
);
