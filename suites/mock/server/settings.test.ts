import { describe, expect, test } from 'vitest';
import { SetupError } from '../../../spec/setup-error.ts';
import { type MockFlagValues, readMockSettings } from './settings.ts';

const DEFAULTS = {
  host: '127.0.0.1',
  port: 4010,
  key: 'your_api_key',
  account: 'merchant_id',
  fault: undefined,
  faultHeader: false,
  faultReferences: false,
  mockOptions: {},
  state: undefined,
  limit: 100_000,
  admin: false,
  cors: [],
};

test('defaults: loopback, the documentation’s sample key, no faults', () => {
  expect(readMockSettings({}, {})).toEqual(DEFAULTS);
});

test('every option, and the variables that it overrides', () => {
  const env = {
    MOCK_PORT: '1',
    MOCK_HOST: '::1',
    MOCK_API_KEY: 'k',
    MOCK_MERCHANT_ID: 'm',
    MOCK_FAULT: 'delay',
    MOCK_STATE: 'file',
  };
  const fromEnv = { ...DEFAULTS, port: 1, host: '::1', key: 'k', account: 'm', fault: 'delay', state: 'file' };
  expect(readMockSettings({}, env)).toEqual(fromEnv);
  const values = {
    port: '0',
    host: 'localhost',
    key: 'K',
    merchant: 'M',
    fault: 'status-500',
    state: 'F',
    limit: '7',
    admin: true,
    allowFaultHeader: true,
    allowFaultReferences: true,
    option: ['laterCall=update', 'tokenLifetime=60'],
    cors: ['http://localhost:5173', '*'],
  } as const;
  expect(readMockSettings(values, env)).toEqual({
    host: 'localhost',
    port: 0,
    key: 'K',
    account: 'M',
    fault: 'status-500',
    faultHeader: true,
    faultReferences: true,
    mockOptions: { laterCall: 'update', tokenLifetime: 60 },
    state: 'F',
    limit: 7,
    admin: true,
    cors: ['http://localhost:5173', '*'],
  });
});

describe('rejected', () => {
  test.each([
    [{ port: '70000' }, '--port is "70000"; give a whole number from 0 to 65535'],
    [{ port: '-1' }, '--port is "-1"; give a whole number from 0 to 65535'],
    [{ port: '80a' }, '--port is "80a"; give a whole number from 0 to 65535'],
    [{ limit: '0' }, '--limit is "0"; give a whole number from 1 to 10000000'],
    [{ key: '' }, '--key is empty, or has a character that cannot be sent (a space, a colon in a key)'],
    [{ key: 'a:b' }, /^--key is empty, or has a character that cannot be sent/],
    [{ merchant: 'ä' }, /^--merchant is empty, or has a character that cannot be sent/],
    [{ host: '' }, '--host is empty; omit it for the default'],
    [{ option: 'mood=good' }, /^--option "mood" is unknown: expected laterCall, /],
    [{ option: 'toString=x' }, /^--option "toString" is unknown: expected laterCall, /],
    [{ option: 'tokens=old' }, '--option "tokens" is "old": expected new or reuse'],
    [{ option: 'tokens=new=reuse' }, '--option "tokens" is "new=reuse": expected new or reuse'],
    [{ option: 'keyRefusal=200' }, '--option "keyRefusal" is 200: expected a whole number from 400 to 499'],
    [{ option: 'keyRefusal=4e2' }, '--option "keyRefusal" is "4e2": expected a whole number from 400 to 499'],
    [{ cors: 'http://localhost/' }, /^--cors is "http:\/\/localhost\/"; give an origin/],
    [{ cors: 'null' }, /^--cors is "null"; give an origin/],
  ] as [MockFlagValues, string | RegExp][])('%j', (values, message) => {
    expect(() => readMockSettings(values, {})).toThrow(SetupError);
    expect(() => readMockSettings(values, {})).toThrow(message);
  });
});
