import { describe, expect, test } from 'vitest';
import { hasKeyAnywhere, readJsonObject, valueAt } from './body.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const bytes = (text: string) => new TextEncoder().encode(text);

function wrong(headers: Record<string, string>, body: Uint8Array): string {
  const reading = readJsonObject({ headers, body });
  return reading.ok ? 'ok' : `${reading.expected} <- ${reading.actual}`;
}

describe('a body that conforms to EP-4', () => {
  test.for([
    'application/json',
    'Application/JSON; Charset="UTF-8"',
    'application/json;charset=utf-8;profile=x',
    'application/vnd.customer+json',
    'text/json',
  ])('under %s', (mediaType) => {
    const reading = readJsonObject({ headers: { 'content-type': mediaType }, body: bytes(' {"a":"é"}\n') });
    expect(reading).toEqual({ ok: true, value: { a: 'é' }, readings: [{ a: 'é' }] });
  });
});

describe('a body that does not', () => {
  test.for([
    ['no media type', {}, '{}', 'a JSON media type <- no Content-Type'],
    ['HTML', { 'content-type': 'text/html' }, '{}', 'a JSON media type <- Content-Type: text/html'],
    ['JSONP', { 'content-type': 'application/jsonp' }, '{}', 'a JSON media type <- Content-Type: application/jsonp'],
    ['nothing', JSON_TYPE, '', 'a JSON object <- an empty body'],
    ['a byte-order mark', JSON_TYPE, '\ufeff{}', 'UTF-8 without a byte-order mark <- a body that begins with EF BB BF'],
    ['an array', JSON_TYPE, '[{}]', 'a JSON object <- an array: [{}]'],
    ['null', JSON_TYPE, 'null', 'a JSON object <- null: null'],
    ['a number', JSON_TYPE, '7', 'a JSON object <- a number: 7'],
    ['half an object', JSON_TYPE, '{"a":', 'a JSON object <- text that is not JSON: {"a":'],
    ['two objects', JSON_TYPE, '{}{}', 'a JSON object <- text that is not JSON: {}{}'],
  ] as const)('%s', ([, headers, body, says]) => {
    expect(wrong(headers, bytes(body))).toBe(says);
  });

  test.each([
    ['bytes that are not UTF-8', Buffer.from('{"\xff":1}', 'latin1'), /^UTF-8 <- bytes that are not UTF-8$/],
    ['UTF-16', Buffer.from('{"a":1}', 'utf16le'), /^a JSON object <- text that is not JSON/],
  ])('%s', (_, body, says) => {
    expect(wrong(JSON_TYPE, new Uint8Array(body))).toMatch(says);
  });
});

test('a key is found at any depth, also in arrays, but not in strings', () => {
  expect(hasKeyAnywhere({ a: [{ b: { token: 1 } }] }, 'token')).toBe(true);
  expect(hasKeyAnywhere({ a: [null, 'token', { b: 'token' }] }, 'token')).toBe(false);
  expect(hasKeyAnywhere({}, 'toString')).toBe(false);
});

test('a deeply nested body does not overflow the stack', () => {
  const deep: unknown = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
  expect(hasKeyAnywhere(deep, 'token')).toBe(false);
});

test('a pointer finds only own properties', () => {
  expect(valueAt({ a: { 'b/c': 1 } }, '/a/b~1c')).toBe(1);
  expect(valueAt({ a: 1 }, '/a/b')).toBeUndefined();
  expect(valueAt({}, '/constructor')).toBeUndefined();
});

test.for([
  [
    '{"a":1,"b":{"c":2},"a":3}',
    [
      { '': 3, a: 1, b: { c: 2 } },
      { a: 3, b: { c: 2 } },
    ],
  ],
  ['{"b":[{"c" : 1, "\\u0063":"}{\\""}]}', [{ b: [{ '': '}{"', c: 1 }] }, { b: [{ c: '}{"' }] }]],
  ['{"a":"a","b":{"a":1}}', [{ a: 'a', b: { a: 1 } }]],
  ['{"__proto__":1,"__proto__":2,"x":3,"x":4,"x":5}', 3],
] as const)('reads every value of a repeated name in %s', ([text, expected]) => {
  const reading = readJsonObject({ headers: JSON_TYPE, body: bytes(text) });
  const { readings } = reading as Extract<typeof reading, { ok: true }>;
  if (typeof expected === 'number') expect(readings).toHaveLength(expected);
  else expect(readings).toEqual(expected);
});

test('reads a name repeated a hundred thousand times only a few times', () => {
  const reading = readJsonObject({ headers: JSON_TYPE, body: bytes(`{"z":0${',"id":"cst_1"'.repeat(100_000)}}`) });
  expect(reading.ok && reading.readings.length).toBe(8);
});
