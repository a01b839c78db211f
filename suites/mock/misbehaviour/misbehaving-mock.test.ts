import { describe, expect, test, vi } from 'vitest';
import { SetupError } from '../../../spec/setup-error.ts';
import { DOCUMENT } from '../document.ts';
import type { MockOutcome } from '../mock.ts';
import type { MockResponse } from '../steps.ts';
import { createMisbehavingMock, FAULT_HEADER, type MisbehaviourOptions } from './misbehaving-mock.ts';
import { MISBEHAVIOURS } from './misbehaviours.ts';

const NOW = new Date('2026-05-01T10:00:00Z');
const FIELDS = { object_reference_id: 'customer-1', mobile_number: '9988776655' };

function open(options: MisbehaviourOptions) {
  const mock = createMisbehavingMock(DOCUMENT, { apiKey: 'key', account: 'shop', now: () => NOW, ...options });
  return (fields: Record<string, string> = FIELDS, headers: Record<string, string> = {}) =>
    mock.answer({
      method: 'POST',
      path: '/v2/customers',
      headers: {
        authorization: `Basic ${btoa('key:')}`,
        'x-merchantid': 'shop',
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    });
}

function answered(outcome: MockOutcome): MockResponse {
  if (outcome === 'connection-reset') throw new Error('the connection was reset');
  return outcome;
}

function bodyOf(outcome: MockOutcome): Record<string, unknown> {
  return JSON.parse(String(answered(outcome).body)) as Record<string, unknown>;
}

describe('each misbehaviour', () => {
  const WITH_TOKEN = { ...FIELDS, 'options.get_client_auth_token': 'true' };

  test('status-429, status-503: with Retry-After', async () => {
    expect(answered(await open({ fault: 'status-429=7' })())).toMatchObject({
      status: 429,
      headers: { 'retry-after': '7' },
    });
    expect(answered(await open({ fault: 'status-503' })())).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
    });
  });

  test('status-500 with JSON, status-502 with HTML', async () => {
    expect(bodyOf(await open({ fault: 'status-500' })())).toMatchObject({ error_code: 'Internal Server Error' });
    const { status, body } = answered(await open({ fault: 'status-502' })());
    expect([status, String(body).slice(0, 6)]).toEqual([502, '<html>']);
  });

  test('connection-reset', async () => {
    expect(await open({ fault: 'connection-reset' })()).toBe('connection-reset');
  });

  test('delay: the answer comes after the delay', async () => {
    vi.useFakeTimers();
    try {
      let outcome: MockOutcome | undefined;
      const call = open({ fault: 'delay=5000' })().then((value) => {
        outcome = value;
      });
      await vi.advanceTimersByTimeAsync(4999);
      expect(outcome).toBeUndefined();
      await vi.advanceTimersByTimeAsync(1);
      await call;
      expect(outcome).toMatchObject({ status: 200 });
    } finally {
      vi.useRealTimers();
    }
  });

  test('answer-lost: a repeated call finds the customer', async () => {
    const ask = open({ fault: 'answer-lost*1', faultHeader: true });
    expect(await ask()).toBe('connection-reset');
    const first = bodyOf(await ask());
    expect(bodyOf(await ask())).toEqual(first);
  });

  test('body-cut: invalid JSON', async () => {
    const { status, body } = answered(await open({ fault: 'body-cut' })());
    expect(status).toBe(200);
    expect(() => JSON.parse(String(body))).toThrow(SyntaxError);
  });

  test('expired-token: expired a minute ago; no change without a token', async () => {
    const ask = open({ fault: 'expired-token' });
    expect(bodyOf(await ask(WITH_TOKEN))['juspay']).toMatchObject({
      client_auth_token: expect.stringMatching(/^tkn_/),
      client_auth_token_expiry: '2026-05-01T09:59:00Z',
    });
    expect(bodyOf(await ask())).not.toHaveProperty('juspay');
  });

  test('missing-field: the id, another field, a field inside juspay', async () => {
    expect(bodyOf(await open({ fault: 'missing-field' })())).not.toHaveProperty('id');
    expect(bodyOf(await open({ fault: 'missing-field=mobile_number' })())).not.toHaveProperty('mobile_number');
    const body = bodyOf(await open({ fault: 'missing-field=juspay.client_auth_token' })(WITH_TOKEN));
    expect(body['juspay']).toEqual({ client_auth_token_expiry: '2026-05-01T10:15:00Z' });
  });

  test('except delay changes the answer that a client sees', async () => {
    const right = await open({})(WITH_TOKEN);
    for (const { name } of MISBEHAVIOURS.filter((one) => one.name !== 'delay')) {
      const outcome = await open({ fault: name })(WITH_TOKEN);
      const shape = (value: MockOutcome) => (value === 'connection-reset' ? value : [value.status, keysOf(value)]);
      if (name !== 'expired-token') expect(shape(outcome), name).not.toEqual(shape(right));
    }
  });
});

function keysOf({ body }: MockResponse): string[] | string {
  try {
    return Object.keys(JSON.parse(String(body)) as object);
  } catch {
    return 'no JSON';
  }
}

describe('a fault can be requested', () => {
  const HEADER = { [FAULT_HEADER]: 'status-500' };
  const RESERVED = { ...FIELDS, object_reference_id: 'fault-status-500-1' };

  test('only if it is allowed', async () => {
    expect(await open({})(FIELDS, HEADER)).toMatchObject({ status: 200 });
    expect(await open({})(RESERVED)).toMatchObject({ status: 200 });
    expect(await open({ faultReferences: true })(FIELDS, HEADER)).toMatchObject({ status: 200 });
    expect(await open({ faultHeader: true })(RESERVED)).toMatchObject({ status: 200 });
  });

  test('by a header, for that call only', async () => {
    const ask = open({ faultHeader: true });
    expect(await ask(FIELDS, HEADER)).toMatchObject({ status: 500 });
    expect(await ask(FIELDS)).toMatchObject({ status: 200 });
  });

  test('by a reference, for that customer only', async () => {
    const ask = open({ faultReferences: true });
    expect(await ask(RESERVED)).toMatchObject({ status: 500 });
    expect(await ask(FIELDS)).toMatchObject({ status: 200 });
  });

  test('with an unknown name: 501, not the documented 400', async () => {
    const outcome = await open({ faultHeader: true })(FIELDS, { [FAULT_HEADER]: 'status-50' });
    expect(answered(outcome).status).toBe(501);
    expect(bodyOf(outcome)['error_message']).toBe('no fault is named "status-50"; --list-faults prints all names');
  });

  test('for every call, if it exists: an unknown one is an error at once', () => {
    expect(() => open({ fault: 'nothing' })).toThrow(
      new SetupError('no fault is named "nothing"; --list-faults prints all names'),
    );
  });
});

test('*TIMES counts per customer', async () => {
  const ask = open({ fault: 'status-503*2' });
  const statuses: number[] = [];
  for (const reference of ['customer-1', 'customer-1', 'customer-2', 'customer-1', 'customer-2', 'customer-2']) {
    statuses.push(answered(await ask({ ...FIELDS, object_reference_id: reference })).status);
  }
  expect(statuses).toEqual([503, 503, 503, 200, 503, 200]);
});

test('a fault that breaks a claim shares the customers', async () => {
  const ask = open({ faultHeader: true });
  const noMerchant = { 'x-merchantid': '' };
  const right = bodyOf(await ask());
  expect(await ask(FIELDS, noMerchant)).toMatchObject({ status: 401 });
  expect(bodyOf(await ask(FIELDS, { ...noMerchant, [FAULT_HEADER]: 'empty-merchant-accepted' }))).toEqual(right);
});
