import { SetupError } from '../../spec/setup-error.ts';
import { LIVE_RUNS, LIVE_SHRINKS, MOCK_RUNS, MOCK_SHRINKS, type PropertyPlan } from '../cases/property-plan.ts';
import { isProductionHost, readBaseUrl } from './base-url.ts';
import { type ExtraHeader, readHeaders } from './headers.ts';
import { findMisspelt } from './misspelt.ts';
import { readProxy } from './proxy.ts';
import { type Environment, oneOf, optional, required, wholeNumber } from './values.ts';
import { describe, type TargetKind } from './variables.ts';

/** Settings that are whole numbers; variables.ts describes each. */
const NUMBERS = {
  timeoutMs: 'JUSPAY_TIMEOUT_MS',
  maxRps: 'JUSPAY_MAX_RPS',
  concurrency: 'JUSPAY_CONCURRENCY',
  maxRequests: 'JUSPAY_MAX_REQUESTS',
  maxSeconds: 'JUSPAY_MAX_SECONDS',
  maxAnswerBytes: 'JUSPAY_MAX_ANSWER_BYTES',
  maxNewCustomers: 'JUSPAY_MAX_NEW_CUSTOMERS',
} as const;

/** Files that a run reads or writes in addition to its reports. */
const FILES = {
  record: 'JUSPAY_RECORD',
  recording: 'JUSPAY_RECORDING',
  mockOptions: 'JUSPAY_MOCK_OPTIONS',
  observations: 'JUSPAY_OBSERVATIONS',
} as const;

export type Numbers = Readonly<Record<keyof typeof NUMBERS, number>>;
type Files = Readonly<Partial<Record<keyof typeof FILES, string>>>;

/** The settings of a run. */
export interface Settings extends Numbers, Files {
  readonly target: TargetKind;
  /** Without a trailing slash; a path prefix is kept. */
  readonly baseUrl: string;
  /** Empty for the mock, which has its own key. */
  readonly apiKey: string;
  /** Empty for the mock, which has its own account. */
  readonly account: string;
  /** Headers that every call of a live run has in addition to the documented ones. */
  readonly headers: readonly ExtraHeader[];
  /** An observation that differs from its pin fails the run. */
  readonly observationsStrict: boolean;
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
    ...readNumbers(env, problems),
    production: false,
    only: oneOf(env, 'JUSPAY_ONLY', 'all', problems),
    profile: oneOf(env, 'JUSPAY_PROFILE', 'full', problems),
    waivers: optional(env, 'JUSPAY_WAIVERS', problems),
    reportDir: optional(env, 'JUSPAY_REPORT_DIR', problems),
    properties: readProperties(env, target === 'mock', problems),
    ...readFiles(env, target, problems),
    observationsStrict: oneOf<'0' | '1'>(env, 'JUSPAY_OBSERVATIONS_STRICT', '0', problems) === '1',
  };
  optional(env, 'JUSPAY_BASELINE', problems);
  if (target === 'replay' && settings.recording === undefined) {
    problems.push('JUSPAY_RECORDING is missing: JUSPAY_TARGET=replay needs the file of a recorded run');
  }
  if (settings.observationsStrict && settings.observations === undefined) {
    problems.push('JUSPAY_OBSERVATIONS_STRICT=1 needs JUSPAY_OBSERVATIONS, the file of pinned observations');
  }
  if (live) readProxy(env, problems);
  if (live && settings.apiKey !== '' && settings.apiKey === settings.account) {
    problems.push('JUSPAY_API_KEY and JUSPAY_MERCHANT_ID are the same (not shown): one of them is wrong');
  }
  if (problems.length > 0) throw settingsError(problems);
  return live && isProductionHost(new URL(settings.baseUrl).hostname) ? reduced(settings) : settings;
}

function readNumbers(env: Environment, problems: string[]): Numbers {
  const entries = Object.entries(NUMBERS).map(([key, name]) => [key, wholeNumber(env, name, problems)]);
  return Object.fromEntries(entries) as Numbers;
}

function readFiles(env: Environment, target: TargetKind, problems: string[]): Files {
  const set = Object.entries(FILES).filter(([, name]) => env[name] !== undefined);
  for (const [, name] of set) {
    const { only } = describe(name);
    // Ignoring the file would give another run than the one intended.
    if (only !== undefined && only !== target) {
      problems.push(
        `${name} is set, but only JUSPAY_TARGET=${only} uses it, not ${target}: leave it out (if .env has it: ${name}= in front of the command)`,
      );
    }
  }
  return Object.fromEntries(set.map(([key, name]) => [key, optional(env, name, problems)]));
}

/**
 * Off by default for a live server, to spare it calls and customers, and for a replay, because the recording has only the
 * requests of its run.
 */
function readProperties(env: Environment, mock: boolean, problems: string[]): PropertyPlan {
  const asked = mock || env['JUSPAY_RUNS'] !== undefined ? 'on' : 'off';
  const plan = {
    seed: wholeNumber(env, 'JUSPAY_SEED', problems),
    runs: wholeNumber(env, 'JUSPAY_RUNS', problems, mock ? MOCK_RUNS : LIVE_RUNS),
    shrinks: mock ? MOCK_SHRINKS : LIVE_SHRINKS,
  };
  if (oneOf(env, 'JUSPAY_PROPERTIES', asked, problems) === 'on') return plan;
  for (const name of ['JUSPAY_SEED', 'JUSPAY_RUNS']) {
    if (env[name] !== undefined)
      problems.push(`${name} is set, but properties are off: turn them on with JUSPAY_PROPERTIES=on`);
  }
  return { off: mock ? 'JUSPAY_PROPERTIES=off' : 'JUSPAY_PROPERTIES=on turns them on' };
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
