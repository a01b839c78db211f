import { describe, expect, test } from 'vitest';
import { isLoopback, isProductionHost, readBaseUrl } from './base-url.ts';
import { readSettings } from './settings.ts';

const LIVE = { JUSPAY_TARGET: 'live', JUSPAY_API_KEY: 'k3y', JUSPAY_MERCHANT_ID: 'm3rchant' };

function problems(env: Record<string, string>): readonly string[] {
  const found: string[] = [];
  readBaseUrl(env, found);
  return found;
}

describe('production hosts', () => {
  const hosts = (text: string) => text.trim().split(/\s+/);

  test.each([
    ...hosts(`
      api.juspay.in API.JUSPAY.IN api.juspay.in. juspay.in www.juspay.io eu.api.juspay.com sandboxes.juspay.in
      notsandbox.juspay.in api-ns1.juspay.in payments.juspay.in:8443 api.juspay.io api.hyperpg.in
      smartgateway.hdfcbank.com api%2Ejuspay.in
    `),
    '\uff21\uff50\uff49\u3002juspay.in',
  ])('%s is one', (host) => {
    const { hostname } = new URL(`https://${host}`);
    expect(isProductionHost(hostname)).toBe(true);
    expect(problems({ ...LIVE, JUSPAY_BASE_URL: `https://${host}` })).toEqual([
      expect.stringMatching(/^JUSPAY_BASE_URL names a production host, [a-z1.-]+: this suite creates customers\./),
    ]);
  });

  test.each(
    hosts(`
      sandbox.juspay.in eu.sandbox.juspay.in api-sandbox.juspay.in sandbox.juspay.io. payments.sandbox.juspay.in
      api.sandbox.juspay.io sandbox.hyperpg.in smartgatewayuat.hdfcbank.com smartgateway.hdfcuat.bank.in notjuspay.in
      api.juspay.in.example.com 127.0.0.1
    `),
  )('%s is not one', (host) => {
    expect(isProductionHost(new URL(`https://${host}`).hostname)).toBe(false);
    expect(problems({ ...LIVE, JUSPAY_BASE_URL: `https://${host}` })).toEqual([]);
  });

  test.each(['1', 'true', 'yes', 'juspay.in', 'https://api.juspay.in', '*'])(
    'JUSPAY_ALLOW_PRODUCTION=%j does not allow it',
    (value) => {
      const env = { ...LIVE, JUSPAY_BASE_URL: 'https://api.juspay.in', JUSPAY_ALLOW_PRODUCTION: value };
      expect(problems(env)).toHaveLength(1);
    },
  );

  test('its exact name over https allows it, with limits that no setting raises', () => {
    const typed = { ...LIVE, JUSPAY_ALLOW_PRODUCTION: 'api.juspay.in' };
    const more = { JUSPAY_MAX_RPS: '0', JUSPAY_CONCURRENCY: '50', JUSPAY_MAX_NEW_CUSTOMERS: '1000' };
    expect(readSettings({ ...typed, ...more, JUSPAY_BASE_URL: 'https://api.juspay.in/x/' })).toMatchObject({
      baseUrl: 'https://api.juspay.in/x',
      production: true,
      maxRps: 2,
      concurrency: 1,
      maxRequests: 400,
      maxNewCustomers: 3,
    });
    const plain = { ...typed, JUSPAY_BASE_URL: 'http://api.juspay.in', JUSPAY_ALLOW_HTTP: '1' };
    expect(problems(plain)).toHaveLength(1);
  });
});

test('plain http needs a loopback host, or JUSPAY_ALLOW_HTTP=1', () => {
  for (const host of ['localhost', '127.0.0.1', '127.8.9.10', '[::1]']) {
    expect(isLoopback(new URL(`http://${host}:81`).hostname)).toBe(true);
    expect(problems({ ...LIVE, JUSPAY_BASE_URL: `http://${host}:81` })).toEqual([]);
  }
  for (const host of ['localhost.example.com', '127.0.0.1.example.com', '10.0.0.1', '[::2]', '1270.0.1']) {
    expect(problems({ ...LIVE, JUSPAY_BASE_URL: `http://${host}` })).toHaveLength(1);
    expect(problems({ ...LIVE, JUSPAY_BASE_URL: `http://${host}`, JUSPAY_ALLOW_HTTP: '1' })).toEqual(
      host === '1270.0.1' ? [expect.stringContaining('not an http or https URL')] : [],
    );
  }
});

test.each(['/v2/customers', '/v2/customers/', '/customers'])('a base URL that ends in %s', (path) => {
  expect(problems({ ...LIVE, JUSPAY_BASE_URL: `https://example.com/x${path}` })).toEqual([
    "JUSPAY_BASE_URL includes the operation's path, which the suite adds itself: set it to https://example.com/x",
  ]);
});
