import { SetupError } from '../../spec/setup-error.ts';
import type { PropertyPlan } from '../cases/property-plan.ts';
import { isProductionHost, readBaseUrl } from './base-url.ts';
import { type FileSettings, readFileSettings } from './file-settings.ts';
import { readProperties } from './properties.ts';
import { readProxy } from './proxy.ts';
import { type Environment, oneOf, optional, required, wholeNumber } from './values.ts';

/** What a run is told from outside. */
export interface Settings extends FileSettings {
  readonly target: 'mock' | 'live' | 'replay';
  /** Without a trailing slash; a path prefix is kept. */
  readonly baseUrl: string;
  /** Empty for the mock, which has its own. */
  readonly apiKey: string;
  /** Empty for the mock, which has its own. */
  readonly merchantId: string;
  /** For one attempt at one request, from sending to the last byte of the answer; milliseconds. */
  readonly timeoutMs: number;
  /** Requests a second at most; 0 for no limit. */
  readonly maxRps: number;
  /** Requests under way at the same time, at most. */
  readonly concurrency: number;
  /** Requests of a live run in all, repetitions included; never exceeded. */
  readonly maxRequests: number;
  /** Customers that a live run may leave behind; never exceeded. */
  readonly maxNewCustomers: number;
  /** The base URL is a production host's, typed out a second time: the run is reduced to what leaves least behind. */
  readonly production: boolean;
  /** `failed`: only what the last report in `reportDir` failed, could not judge or did not get to. */
  readonly only: 'all' | 'failed';
  /** A file of known deviations; empty for none. */
  readonly waivers: string;
  /** Folder that the reports are written to. */
  readonly reportDir: string;
  /** The report.json of an earlier run that this one is compared with; empty for none. */
  readonly baseline: string;
  /** How far properties are tried. */
  readonly properties: PropertyPlan;
}

/** Settings that cannot be used, all of them in one message. */
export function settingsError(problems: readonly string[]): SetupError {
  const list = problems.map((problem) => `  - ${problem}`).join('\n');
  const message = `the settings cannot be used:\n${list}\nSee the table "Settings" in README.md, or .env.example.`;
  return new SetupError(message, problems);
}

/** Bounds of a run against a production host, whatever else is set. */
const PRODUCTION = { maxRps: 2, concurrency: 1, maxRequests: 400, maxNewCustomers: 3 };

/**
 * Reads the settings from environment variables (JUSPAY_*).
 * @throws SetupError that names every value that is missing, empty or malformed; it never shows a key
 */
export function readSettings(env: Environment): Settings {
  const problems: string[] = [];
  const named = oneOf(env, 'JUSPAY_TARGET', ['mock', 'live', 'sandbox', 'replay'], 'mock', problems);
  // The first version called every live server a sandbox; pipelines may still say so.
  const target = named === 'sandbox' ? 'live' : named;
  const live = target === 'live';
  const number = (name: string, from: number, to: number, unless: number) =>
    wholeNumber(env, name, { from, to, unless }, problems);
  const settings: Settings = {
    target,
    baseUrl: live ? readBaseUrl(env, problems) : '',
    apiKey: live
      ? required(env, 'JUSPAY_API_KEY', 'the API key from the Juspay dashboard', /^[\x21-\x39\x3b-\x7e]+$/, problems)
      : '',
    merchantId: live
      ? required(env, 'JUSPAY_MERCHANT_ID', 'the merchant id given by Juspay', /^[\x21-\x7e]+$/, problems)
      : '',
    timeoutMs: number('JUSPAY_TIMEOUT_MS', 1, 600_000, 10_000),
    maxRps: number('JUSPAY_MAX_RPS', 0, 10_000, 10),
    concurrency: number('JUSPAY_CONCURRENCY', 1, 256, 4),
    maxRequests: number('JUSPAY_MAX_REQUESTS', 1, 1_000_000, 2000),
    maxNewCustomers: number('JUSPAY_MAX_NEW_CUSTOMERS', 1, 1_000_000, 500),
    production: false,
    only: oneOf(env, 'JUSPAY_ONLY', ['all', 'failed'], 'all', problems),
    waivers: optional(env, 'JUSPAY_WAIVERS', 'a file of waivers', '', problems),
    reportDir: optional(env, 'JUSPAY_REPORT_DIR', 'a folder', 'reports/out', problems),
    baseline: optional(env, 'JUSPAY_BASELINE', 'the report.json of an earlier run', '', problems),
    properties: readProperties(env, target === 'mock', problems),
    ...readFileSettings(env, target, problems),
  };
  if (live) readProxy(env, problems);
  if (problems.length > 0) throw settingsError(problems);
  return live && isProductionHost(new URL(settings.baseUrl).hostname) ? reduced(settings) : settings;
}

function reduced(settings: Settings): Settings {
  return {
    ...settings,
    production: true,
    maxRps: Math.min(settings.maxRps || PRODUCTION.maxRps, PRODUCTION.maxRps),
    concurrency: PRODUCTION.concurrency,
    maxRequests: Math.min(settings.maxRequests, PRODUCTION.maxRequests),
    maxNewCustomers: Math.min(settings.maxNewCustomers, PRODUCTION.maxNewCustomers),
  };
}
