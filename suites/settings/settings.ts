import { SetupError } from '../../spec/setup-error.ts';
import type { PropertyPlan } from '../cases/property-plan.ts';
import { isProductionHost, readBaseUrl } from './base-url.ts';
import { type FileSettings, readFileSettings } from './file-settings.ts';
import { type ExtraHeader, readHeaders } from './headers.ts';
import { findMisspelt } from './misspelt.ts';
import { readProperties } from './properties.ts';
import { readProxy } from './proxy.ts';
import { type Environment, oneOf, optional, required, wholeNumber } from './values.ts';
import type { TargetKind } from './variables.ts';

/** The settings of a run. */
export interface Settings extends FileSettings {
  readonly target: TargetKind;
  /** Without a trailing slash; a path prefix is kept. */
  readonly baseUrl: string;
  /** Empty for the mock, which has its own key. */
  readonly apiKey: string;
  /** Empty for the mock, which has its own account. */
  readonly account: string;
  /** Headers that every call of a live run has in addition to the documented ones. */
  readonly headers: readonly ExtraHeader[];
  /** Timeout of one attempt, from sending to the last byte of the answer; milliseconds. */
  readonly timeoutMs: number;
  /** Maximum requests per second; 0 for no limit. */
  readonly maxRps: number;
  /** Maximum concurrent requests. */
  readonly concurrency: number;
  /** Maximum requests of a live run, including retries. */
  readonly maxRequests: number;
  /** Maximum duration; the run then stops and reports what it has. */
  readonly maxSeconds: number;
  /** Maximum size of an answer's body, compressed or decompressed. */
  readonly maxAnswerBytes: number;
  /** Maximum customers that a live run may create. */
  readonly maxNewCustomers: number;
  /** The base URL is a production host, confirmed by name: the run is reduced to what creates the least. */
  readonly production: boolean;
  /** `failed`: only what the last report in `reportDir` failed, could not judge or did not run. */
  readonly only: 'all' | 'failed';
  /** `smoke`: the few cases that decide most, in at most 40 requests. */
  readonly profile: 'full' | 'smoke';
  /** File of waivers; empty for none. */
  readonly waivers: string;
  /** Folder for the reports. */
  readonly reportDir: string;
  /** An earlier report.json to compare with; empty for none. */
  readonly baseline: string;
  /** Whether and how often properties are tried. */
  readonly properties: PropertyPlan;
}

/** One error for all settings that cannot be used. */
export function settingsError(problems: readonly string[]): SetupError {
  const list = problems.map((problem) => `  - ${problem}`).join('\n');
  const message = `the settings cannot be used:\n${list}\nSee the table "Settings" in README.md, or juspay-conformance run --help.`;
  return new SetupError(message, problems);
}

/** Limits of a run against a production host; they override higher settings. */
const PRODUCTION = { maxRps: 2, concurrency: 1, maxRequests: 400, maxNewCustomers: 3 };

/**
 * Reads the settings from environment variables (JUSPAY_*).
 * @throws SetupError with every value that is missing, empty or malformed; never shows a key
 */
export function readSettings(env: Environment): Settings {
  const problems: string[] = [];
  findMisspelt(env, problems);
  const target = readTarget(env, problems);
  const live = target === 'live';
  const settings: Settings = {
    target,
    baseUrl: live ? readBaseUrl(env, problems) : '',
    apiKey: live ? required(env, 'JUSPAY_API_KEY', /^[\x21-\x39\x3b-\x7e]+$/, problems) : '',
    account: live ? required(env, 'JUSPAY_MERCHANT_ID', /^[\x21-\x7e]+$/, problems) : '',
    headers: live ? readHeaders(env, problems) : [],
    timeoutMs: wholeNumber(env, 'JUSPAY_TIMEOUT_MS', problems),
    maxRps: wholeNumber(env, 'JUSPAY_MAX_RPS', problems),
    concurrency: wholeNumber(env, 'JUSPAY_CONCURRENCY', problems),
    maxRequests: wholeNumber(env, 'JUSPAY_MAX_REQUESTS', problems),
    maxSeconds: wholeNumber(env, 'JUSPAY_MAX_SECONDS', problems),
    maxAnswerBytes: wholeNumber(env, 'JUSPAY_MAX_ANSWER_BYTES', problems),
    maxNewCustomers: wholeNumber(env, 'JUSPAY_MAX_NEW_CUSTOMERS', problems),
    production: false,
    only: oneOf(env, 'JUSPAY_ONLY', 'all', problems),
    profile: oneOf(env, 'JUSPAY_PROFILE', 'full', problems),
    waivers: optional(env, 'JUSPAY_WAIVERS', problems),
    reportDir: optional(env, 'JUSPAY_REPORT_DIR', problems),
    baseline: optional(env, 'JUSPAY_BASELINE', problems),
    properties: readProperties(env, target === 'mock', problems),
    ...readFileSettings(env, target, problems),
  };
  if (live) readProxy(env, problems);
  if (live && settings.apiKey !== '' && settings.apiKey === settings.account) {
    problems.push('JUSPAY_API_KEY and JUSPAY_MERCHANT_ID are the same (not shown): one of them is wrong');
  }
  if (problems.length > 0) throw settingsError(problems);
  return live && isProductionHost(new URL(settings.baseUrl).hostname) ? reduced(settings) : settings;
}

/** These name the server to judge; a key without them is useless. */
const LIVE_ALONE = ['JUSPAY_BASE_URL', 'JUSPAY_API_KEY', 'JUSPAY_MERCHANT_ID'] as const;

function readTarget(env: Environment, problems: string[]): Settings['target'] {
  const set = LIVE_ALONE.filter((name) => env[name] !== undefined);
  if (env['JUSPAY_TARGET'] === undefined && set.length > 0) {
    const are = set.length === 1 ? 'is' : 'are';
    problems.push(
      `${set.join(', ').replace(/, (\w+)$/, ' and $1')} ${are} set, but JUSPAY_TARGET is not: JUSPAY_TARGET=live judges that server, ` +
        'JUSPAY_TARGET=mock the built-in mock',
    );
    return 'mock';
  }
  // The first version called every live server a sandbox; pipelines may still use that word.
  const known = env['JUSPAY_TARGET']?.trim() === 'sandbox' ? { ...env, JUSPAY_TARGET: 'live' } : env;
  return oneOf(known, 'JUSPAY_TARGET', 'mock', problems);
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
