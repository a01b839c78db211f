import { expect, test } from 'vitest';
import { createMasker } from '../../secrets/mask.ts';
import { createLog, reasonIn } from './log.ts';

const SECRET = 'k/y Ä+1234567890';
const SPELLINGS = [
  SECRET,
  'k%2Fy%20%C3%84%2B1234567890',
  'k%2Fy+%C3%84%2B1234567890',
  Buffer.from(SECRET).toString('base64'),
  Buffer.from(`${SECRET}:`).toString('base64'),
];

function lineFor(reason: string | undefined, path = '/v2/customers'): string {
  const lines: string[] = [];
  createLog(createMasker([{ value: SECRET, name: 'API key' }]).mask, (line) => lines.push(line))({
    method: 'POST',
    path,
    status: 400,
    reason,
    ms: 1.234,
  });
  return lines.join('|');
}

test('a line has method, path, status, time and reason', () => {
  expect(lineFor('too short')).toBe('POST /v2/customers 400 1.2 ms  too short');
  expect(lineFor(undefined)).toBe('POST /v2/customers 400 1.2 ms');
});

test.each(SPELLINGS)('%s is masked', (spelling) => {
  expect(lineFor(`unknown field ${spelling}`)).toMatch(
    /^POST \/v2\/customers 400 1\.2 ms {2}unknown field \[API key\]/,
  );
  expect(lineFor(undefined, `/${spelling}/customers`)).not.toContain('1234567890');
  expect(lineFor(spelling)).not.toContain(Buffer.from('7890').toString('base64').slice(0, 5));
});

test('no input can forge a second line, or a long one', () => {
  expect(lineFor('a\r\nPOST /forged 200\u001b[2J')).toBe('POST /v2/customers 400 1.2 ms  a  POST /forged 200 [2J');
  expect(lineFor('x'.repeat(2000))).toHaveLength(501);
});

test('only the body of a refusal has a reason', () => {
  expect(reasonIn(400, '{"error_message":"too short"}')).toBe('too short');
  expect(reasonIn(200, '{"error_message":"too short"}')).toBeUndefined();
  expect(reasonIn(502, '<html>')).toBeUndefined();
  expect(reasonIn(400, 'null')).toBeUndefined();
  expect(reasonIn(400, '{"error_message":7}')).toBeUndefined();
});
