import { DEFAULT_SEED, LIVE_RUNS, MOCK_RUNS } from '../cases/property-plan.ts';

/** What a run judges. */
export type TargetKind = 'mock' | 'live' | 'replay';

/** Definition of one setting, for parsing, help and README. */
export interface Variable {
  /** The accepted words, or the range of a whole number. Undefined for other text. */
  readonly values?: readonly string[] | { readonly from: number; readonly to: number };
  /** Description of the value if there are no `values`. */
  readonly expected?: string;
  /** Default; undefined for none. */
  readonly default?: string;
  /** Default for a live server, if different. */
  readonly liveDefault?: string;
  /** The only target that uses it; setting it for another one is an error. */
  readonly only?: TargetKind;
  /** Whether a live run needs it. */
  readonly required?: true;
  /** Short description. */
  readonly help: string;
}

const SWITCH = ['0', '1'];
const SECONDS_10 = 10_000;

/**
 * The only definition of the settings. Parsing, the check for misspelt names, the help, the README's table and .env.example
 * derive from it or are checked against it.
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
  JUSPAY_API_KEY: { expected: 'the API key from the Juspay dashboard', required: true, help: 'required for live' },
  JUSPAY_MERCHANT_ID: { expected: 'the merchant id given by Juspay', required: true, help: 'required for live' },
  JUSPAY_HEADERS: {
    expected: 'headers, one `name: value` per line, or a file of them',
    help:
      'headers that a live server needs in addition to the documented ones: one `name: value` per line, or a file; ' +
      '`{object_reference_id}` is replaced by the call’s own, and a `secret name: value` is masked',
  },
  JUSPAY_ALLOW_HTTP: { values: SWITCH, default: '0', help: '1 allows plain http to other machines' },
  JUSPAY_ALLOW_PRODUCTION: {
    expected: "a production host's exact name",
    help: "a production host's exact name, to allow a run reduced to what creates the least",
  },
  JUSPAY_TIMEOUT_MS: {
    values: { from: 1, to: 600_000 },
    default: String(SECONDS_10),
    help: 'timeout of one attempt, in milliseconds',
  },
  JUSPAY_MAX_RPS: { values: { from: 0, to: 10_000 }, default: '10', help: 'maximum requests per second; 0: no limit' },
  JUSPAY_CONCURRENCY: { values: { from: 1, to: 256 }, default: '8', help: 'maximum concurrent requests' },
  JUSPAY_MAX_REQUESTS: {
    values: { from: 1, to: 1_000_000 },
    default: '2000',
    help: 'maximum requests of a live run, including retries',
  },
  JUSPAY_MAX_SECONDS: {
    values: { from: 1, to: 86_400 },
    default: '3600',
    help: 'maximum duration of a run, which then stops and reports what it has',
  },
  JUSPAY_MAX_ANSWER_BYTES: {
    values: { from: 1_000, to: 8_388_608 },
    default: '1048576',
    help: 'maximum size of an answer, decompressed; a larger one counts as no answer',
  },
  JUSPAY_MAX_NEW_CUSTOMERS: {
    values: { from: 1, to: 1_000_000 },
    default: '500',
    help: 'maximum customers that a live run may create, as far as the answers show',
  },
  JUSPAY_ONLY: {
    values: ['all', 'failed'],
    default: 'all',
    help: 'failed: only what the last report failed, could not judge or did not run',
  },
  JUSPAY_PROFILE: {
    values: ['full', 'smoke'],
    default: 'full',
    help: 'smoke: the few cases that decide most, in at most 40 requests; the report lists what they do not decide',
  },
  JUSPAY_WAIVERS: { expected: 'a file of waivers', help: 'a YAML file of waived deviations' },
  JUSPAY_PROPERTIES: {
    values: ['on', 'off'],
    default: 'on',
    liveDefault: 'off',
    help: 'whether to try generated requests and sequences too',
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
    help: 'how often to try each property; setting it turns them on',
  },
  JUSPAY_REPORT_DIR: { expected: 'a folder', default: 'reports/out', help: 'folder for the reports' },
  JUSPAY_BASELINE: {
    expected: 'the report.json of an earlier run',
    help: 'an earlier report.json to compare with',
  },
  JUSPAY_RECORD: { expected: 'a file', only: 'live', help: 'the file to record a live run to' },
  JUSPAY_RECORDING: { expected: 'a file', only: 'replay', help: 'the recording that JUSPAY_TARGET=replay judges' },
  JUSPAY_MOCK_OPTIONS: {
    expected: 'a file',
    only: 'mock',
    help: 'a file of mock options: how the mock behaves where the page is silent',
  },
  JUSPAY_OBSERVATIONS: { expected: 'a file', help: 'a file of pinned observations of the open claims' },
  JUSPAY_OBSERVATIONS_STRICT: {
    values: SWITCH,
    default: '0',
    help: '1: an observation that differs from its pin fails the run',
  },
} as const satisfies Readonly<Record<string, Variable>>;

export type VariableName = keyof typeof VARIABLES;

/** Typed for access by any name. */
const TABLE: Readonly<Record<VariableName, Variable>> = VARIABLES;

/** The definition of a setting. */
export function describe(name: VariableName): Variable {
  return TABLE[name];
}

/** Whether a run can do without it, and has no default for it. */
export function isOptional(name: VariableName): boolean {
  const { default: unless, required } = describe(name);
  return unless === undefined && required !== true;
}

/** Describes the accepted values. */
export function expectedIn({ values, expected = '' }: Variable): string {
  if (values === undefined) return expected;
  return 'from' in values ? `a whole number from ${values.from} to ${values.to}` : values.join(' or ');
}

/** The default as the README and the help show it; empty for none. */
export function defaultInWords({ default: unless, liveDefault }: Variable, mark = ''): string {
  if (unless === undefined) return '';
  return `${mark}${unless}${mark}${liveDefault === undefined ? '' : `; live: ${mark}${liveDefault}${mark}`}`;
}
