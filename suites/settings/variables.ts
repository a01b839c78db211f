import { DEFAULT_SEED, LIVE_RUNS, MOCK_RUNS } from '../cases/property-plan.ts';

/** What is judged. */
export type TargetKind = 'mock' | 'live' | 'replay';

/** One setting as it is described everywhere: to whoever reads it, in the help, in the README. */
export interface Variable {
  /** Words, or the smallest and the largest whole number. Undefined for a text of another kind. */
  readonly values?: readonly string[] | { readonly from: number; readonly to: number };
  /** What a value is, where `values` does not say it. */
  readonly expected?: string;
  /** What holds without the variable; undefined where that is nothing. */
  readonly default?: string;
  /** The default against a live server, where it is another one. */
  readonly liveDefault?: string;
  /** The one target that it has a meaning for: set for another one, it is a mistake. */
  readonly only?: TargetKind;
  /** In a phrase. */
  readonly help: string;
}

const SWITCH = ['0', '1'];
const SECONDS_10 = 10_000;

/**
 * Every setting, described here alone: reading, the check for misspelt names, the help of the commands, the README's table
 * and .env.example are held against this table.
 */
export const VARIABLES = {
  JUSPAY_TARGET: {
    values: ['mock', 'live', 'replay'],
    default: 'mock',
    help: 'mock, live for the server at JUSPAY_BASE_URL, or replay for a recording',
  },
  JUSPAY_BASE_URL: {
    expected: 'an http or https URL',
    default: 'https://sandbox.juspay.in',
    help: 'the live server; a path prefix is kept',
  },
  JUSPAY_API_KEY: { expected: 'the API key from the Juspay dashboard', help: 'required for live' },
  JUSPAY_MERCHANT_ID: { expected: 'the merchant id given by Juspay', help: 'required for live' },
  JUSPAY_HEADERS: {
    expected: 'headers, one `name: value` a line, or a file of them',
    help:
      'headers that a live server wants beside the documented ones: one `name: value` a line, or a file; ' +
      '`{object_reference_id}` stands for the call’s own, and `secret name: value` is masked',
  },
  JUSPAY_ALLOW_HTTP: { values: SWITCH, default: '0', help: '1 allows plain http to another machine than this one' },
  JUSPAY_ALLOW_PRODUCTION: {
    expected: "a production host's exact name",
    help: "a production host's exact name, to judge it by what leaves least behind",
  },
  JUSPAY_TIMEOUT_MS: {
    values: { from: 1, to: 600_000 },
    default: String(SECONDS_10),
    help: 'milliseconds for one attempt at one request',
  },
  JUSPAY_MAX_RPS: { values: { from: 0, to: 10_000 }, default: '10', help: 'requests a second; 0: no limit' },
  JUSPAY_CONCURRENCY: { values: { from: 1, to: 256 }, default: '8', help: 'requests at the same time' },
  JUSPAY_MAX_REQUESTS: {
    values: { from: 1, to: 1_000_000 },
    default: '2000',
    help: 'requests of a live run, retries included; never exceeded',
  },
  JUSPAY_MAX_SECONDS: {
    values: { from: 1, to: 86_400 },
    default: '3600',
    help: 'of a run; it ends then with what it has',
  },
  JUSPAY_MAX_ANSWER_BYTES: {
    values: { from: 1_000, to: 8_388_608 },
    default: '1048576',
    help: 'the largest answer that is read, unpacked; a larger one is none',
  },
  JUSPAY_MAX_NEW_CUSTOMERS: {
    values: { from: 1, to: 1_000_000 },
    default: '500',
    help: 'customers that a live run may create; never exceeded, as far as the answers tell',
  },
  JUSPAY_ONLY: {
    values: ['all', 'failed'],
    default: 'all',
    help: 'failed: only what the last report failed, could not judge or did not get to',
  },
  JUSPAY_PROFILE: {
    values: ['full', 'smoke'],
    default: 'full',
    help: 'smoke: the few cases that decide most, in 40 requests at most; the report says what they do not decide',
  },
  JUSPAY_WAIVERS: { expected: 'a file of waivers', help: 'a YAML file of waived deviations' },
  JUSPAY_PROPERTIES: {
    values: ['on', 'off'],
    default: 'on',
    liveDefault: 'off',
    help: 'whether generated requests and sequences are tried beside the tables',
  },
  JUSPAY_SEED: {
    values: { from: 0, to: 2_147_483_647 },
    default: String(DEFAULT_SEED),
    help: 'the same seed generates the same requests',
  },
  JUSPAY_RUNS: {
    values: { from: 1, to: 100_000 },
    default: String(MOCK_RUNS),
    liveDefault: String(LIVE_RUNS),
    help: 'how often each property is tried; setting it turns them on',
  },
  JUSPAY_REPORT_DIR: { expected: 'a folder', default: 'reports/out', help: 'where the reports are written' },
  JUSPAY_BASELINE: {
    expected: 'the report.json of an earlier run',
    help: 'an earlier report.json that the run is compared with',
  },
  JUSPAY_RECORD: { expected: 'a file', only: 'live', help: 'a file that a live run is recorded to' },
  JUSPAY_RECORDING: { expected: 'a file', only: 'replay', help: 'the recording that JUSPAY_TARGET=replay judges' },
  JUSPAY_MOCK_OPTIONS: {
    expected: 'a file',
    only: 'mock',
    help: 'a file that says how the mock uses what the page leaves open',
  },
  JUSPAY_OBSERVATIONS: { expected: 'a file', help: 'a file of pinned observations of the open claims' },
  JUSPAY_OBSERVATIONS_STRICT: {
    values: SWITCH,
    default: '0',
    help: '1: an observation that differs from its pin fails the run',
  },
} as const satisfies Readonly<Record<string, Variable>>;

export type VariableName = keyof typeof VARIABLES;

/** The table as it is read where it does not matter which variable it is. */
const TABLE: Readonly<Record<VariableName, Variable>> = VARIABLES;

/** What is known of a setting. */
export function describe(name: VariableName): Variable {
  return TABLE[name];
}

/** What a value may be, in words. */
export function expectedIn({ values, expected = '' }: Variable): string {
  if (values === undefined) return expected;
  return 'from' in values ? `a whole number from ${values.from} to ${values.to}` : values.join(' or ');
}

/** Every setting with its default and what it means, a line each. */
export function settingsHelp(): string {
  const names = Object.keys(VARIABLES) as VariableName[];
  const width = Math.max(...names.map((name) => name.length));
  return names
    .map((name) => {
      const unless = defaultInWords(describe(name));
      return `  ${name.padEnd(width)}  ${describe(name).help}${unless === '' ? '' : ` (default ${unless})`}`;
    })
    .join('\n');
}

/** As the README's table and the help show it; empty for none. */
export function defaultInWords({ default: unless, liveDefault }: Variable, mark = ''): string {
  if (unless === undefined) return '';
  return `${mark}${unless}${mark}${liveDefault === undefined ? '' : `; live: ${mark}${liveDefault}${mark}`}`;
}
