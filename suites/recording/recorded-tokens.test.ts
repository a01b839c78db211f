import { expect, test } from 'vitest';
import { shapeOf } from '../judge/token-shape.ts';
import { RecordedTokens, unmaskTokens } from './recorded-tokens.ts';

const ONE = `tkn_${'1a'.repeat(16)}`;
const TWO = `tkn_${'2b'.repeat(16)}`;

function masked(bodies: readonly string[], sent = ''): string[] {
  const tokens = new RecordedTokens(sent);
  for (const body of bodies) tokens.learn(body);
  return bodies.map((body) => tokens.mask(body));
}

function token(value: unknown, name = 'client_auth_token'): string {
  return JSON.stringify({ [name]: value });
}

test('different tokens stay different, and equal ones equal', () => {
  expect(masked([token(ONE), token(TWO), token(ONE), `elsewhere: ${TWO}`])).toEqual([
    token('[client auth token 1]'),
    token('[client auth token 2]'),
    token('[client auth token 1]'),
    'elsewhere: [client auth token 2]',
  ]);
});

test.each([
  ['a misspelt name', token(ONE, 'Client-AuthToken'), '{"Client-AuthToken":"[client auth token 1]"}'],
  ['an object', token({ value: [ONE] }), '{"client_auth_token":{"value":["[client auth token 1]"]}}'],
  ['not JSON', `<p>"client_auth_token" : "${ONE}"`, '<p>"client_auth_token" : "[client auth token 1]"'],
  ['an escape', `{"client_auth_token":"\\u0074kn_${ONE.slice(4)}"}`, token('[client auth token 1]')],
  ['a short token', `{"client_auth_token":"abc","x":"abc"}`, '{"client_auth_token":"[client auth token 1]","x":"abc"}'],
  ['JSON in a string', JSON.stringify({ log: token(ONE) }), JSON.stringify({ log: token('[client auth token 1]') })],
  [
    'no token',
    '{"client_auth_token":null,"client_auth_token_expiry":"2026"}',
    '{"client_auth_token":null,"client_auth_token_expiry":"2026"}',
  ],
])('%s is masked', (_, body, expected) => {
  expect(masked([body])).toEqual([expected]);
});

test.each([
  ['a form', `a=b&client_auth_token=${TWO}`, 'a=b&client_auth_token=[client auth token 2]'],
  ['a page', `<td>${TWO}</td>`, '<td>[client auth token 2]</td>'],
  ['a known one', `x=${ONE}`, 'x=[client auth token 1]'],
  ['a known one, truncated', `x=${ONE.slice(0, -3)}`, 'x=[client auth token 1]'],
  ['a message', 'get_client_auth_token: expected true', 'get_client_auth_token: expected true'],
])('text like a token is masked in %s too', (_, text, expected) => {
  const tokens = new RecordedTokens('');
  tokens.learn(token(ONE));
  tokens.learnLoose(text);
  expect(tokens.mask(text)).toBe(expected);
});

test('numeric tokens become other numbers, different ones different numbers', () => {
  expect(masked([token(918273645), token(1234567), token(918273645)])).toEqual([token(1), token(2), token(1)]);
});

test('a token equal to sent data is masked only in its field', () => {
  const body = JSON.stringify({ object_reference_id: 'conf-0123456789', client_auth_token: 'conf-0123456789' });
  expect(masked([body], 'object_reference_id=conf-0123456789')).toEqual([
    '{"object_reference_id":"conf-0123456789","client_auth_token":"[client auth token 1]"}',
  ]);
});

test.each([ONE, 'eyJhbGciOi.12.c2ln-_', 'AbCdEfGh1234', 'x_short', '9'])(
  'replays %s with another token of the same shape',
  (value) => {
    const tokens = new RecordedTokens('');
    tokens.learn(token(TWO));
    tokens.learn(token(value));
    const text = unmaskTokens(tokens.mask(token(value)), tokens.shapes);
    const { client_auth_token: made } = JSON.parse(text) as { client_auth_token: string };
    expect(made).not.toBe(value);
    expect(shapeOf(made)).toEqual(shapeOf(value));
  },
);
