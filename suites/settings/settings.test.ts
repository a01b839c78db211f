import { describe, expect, test } from 'vitest';
import { SetupError } from '../../spec/setup-error.ts';
import { isLoopback, isProductionHost } from './base-url.ts';
import { readSettings } from './settings.ts';

const LIVE = { JUSPAY_TARGET: 'live', JUSPAY_API_KEY: 'k3y', JUSPAY_MERCHANT_ID: 'm3rchant' };

function problems(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (thrown) {
    if (thrown instanceof SetupError) return thrown.problems;
    throw thrown;
  }
}

describe('production hosts', () => {
  test.each([
    'api.juspay.in',
    'API.JUSPAY.IN',
    'api.juspay.in.',
    'juspay.in',
    'www.juspay.io',
    'eu.api.juspay.com',
    'sandboxes.juspay.in',
    'notsandbox.juspay.in',
    'api-ns1.juspay.in',
    'payments.juspay.in:8443',
    'api.juspay.io',
    'api.hyperpg.in',
    'smartgateway.hdfcbank.com',
    'api%2Ejuspay.in',
    '\uff21\uff50\uff49\u3002juspay.in',
  ])('%s is one', (host) => {
    const { hostname } = new URL(`https://${host}`);
    expect(isProductionHost(hostname)).toBe(true);
    expect(problems({ ...LIVE, JUSPAY_BASE_URL: `https://${host}` })).toEqual([
      expect.stringMatching(/^JUSPAY_BASE_URL names a production host, [a-z1.-]+: this suite creates customers\./),
    ]);
  });

  test.each([
    'sandbox.juspay.in',
    'eu.sandbox.juspay.in',
    'api-sandbox.juspay.in',
    'sandbox.juspay.io.',
    'payments.sandbox.juspay.in',
    'api.sandbox.juspay.io',
    'sandbox.hyperpg.in',
    'smartgatewayuat.hdfcbank.com',
    'smartgateway.hdfcuat.bank.in',
    'notjuspay.in',
    'api.juspay.in.example.com',
    '127.0.0.1',
  ])('%s is none', (host) => {
    expect(isProductionHost(new URL(`https://${host}`).hostname)).toBe(false);
    expect(problems({ ...LIVE, JUSPAY_BASE_URL: `https://${host}` })).toEqual([]);
  });

  test.each(['1', 'true', 'yes', 'juspay.in', 'https://api.juspay.in', '*'])('%j does not let it through', (value) => {
    const env = { ...LIVE, JUSPAY_BASE_URL: 'https://api.juspay.in', JUSPAY_ALLOW_PRODUCTION: value };
    expect(problems(env)).toHaveLength(1);
  });

  test('its exact name does, over https, and bounds the run whatever else is set', () => {
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

test('plain http is for this machine, or for whoever says so', () => {
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

test('a proxy that is none is named and not shown, an empty one is none', () => {
  expect(
    problems({ ...LIVE, HTTPS_PROXY: 'proxy:pass word@x', https_proxy: '', HTTP_PROXY: 'socks5://me:pw@h:1' }),
  ).toEqual([
    "HTTPS_PROXY is no proxy's URL (not shown): expected one like http://proxy.example.com:8080",
    "HTTP_PROXY is no proxy's URL (not shown): expected one like http://proxy.example.com:8080",
  ]);
  expect(problems({ HTTPS_PROXY: 'x' })).toEqual([]);
});

test('the limits have defaults, and are named where they are malformed', () => {
  expect(readSettings(LIVE)).toMatchObject({ maxRequests: 2000, maxNewCustomers: 500, only: 'all', waivers: '' });
  expect(
    problems({
      ...LIVE,
      JUSPAY_MAX_REQUESTS: '0',
      JUSPAY_MAX_NEW_CUSTOMERS: '-1',
      JUSPAY_ONLY: 'x',
      JUSPAY_WAIVERS: '',
    }),
  ).toEqual([
    'JUSPAY_MAX_REQUESTS is "0": expected a whole number from 1 to 1000000',
    'JUSPAY_MAX_NEW_CUSTOMERS is "-1": expected a whole number from 1 to 1000000',
    'JUSPAY_ONLY is "x": expected all or failed',
    expect.stringContaining('JUSPAY_WAIVERS is empty: expected a file of waivers'),
  ]);
});
