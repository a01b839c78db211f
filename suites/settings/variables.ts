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

/** A whole number within these limits. */
function whole(from: number, to: number, unless: number, help: string): Variable {
  return { values: { from, to }, default: String(unless), help };
}

/** One of these words; the first is the default. */
function word(values: readonly [string, ...string[]], help: string): Variable {
  return { values, default: values[0], help };
}

/** A file that is used if it is named. */
function file(help: string, only?: TargetKind): Variable {
  return { expected: 'a file', help, ...(only === undefined ? {} : { only }) };
}

/**
 * The only definition of the settings. Parsing, the check for misspelt names, the help, the README's table and .env.example
 * derive from it or are checked against it.
 */
export const VARIABLES = {
  JUSPAY_TARGET: word(
    ['mock', 'live', 'replay'],
    'mock, live for the server at JUSPAY_BASE_URL, or replay for a recording',
  ),
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
  JUSPAY_ALLOW_HTTP: word(['0', '1'], '1 allows plain http to other machines'),
  JUSPAY_ALLOW_PRODUCTION: {
    expected: "a production host's exact name",
    help: "a production host's exact name, to allow a run reduced to what creates the least",
  },
  JUSPAY_TIMEOUT_MS: whole(1, 600_000, 10_000, 'timeout of one attempt, in milliseconds'),
  JUSPAY_MAX_RPS: whole(0, 10_000, 10, 'maximum requests per second; 0: no limit'),
  JUSPAY_CONCURRENCY: whole(1, 256, 8, 'maximum concurrent requests'),
  JUSPAY_MAX_REQUESTS: whole(1, 1_000_000, 2000, 'maximum requests of a live run, including retries'),
  JUSPAY_MAX_SECONDS: whole(1, 86_400, 3600, 'maximum duration of a run, which then stops and reports what it has'),
  JUSPAY_MAX_ANSWER_BYTES: whole(
    1_000,
    8_388_608,
    1_048_576,
    'maximum size of an answer, decompressed; a larger one counts as no answer',
  ),
  JUSPAY_MAX_NEW_CUSTOMERS: whole(
    1,
    1_000_000,
    500,
    'maximum customers that a live run may create, as far as the answers show',
  ),
  JUSPAY_ONLY: word(['all', 'failed'], 'failed: only what the last report failed, could not judge or did not run'),
  JUSPAY_PROFILE: word(
    ['full', 'smoke'],
    'smoke: the few cases that decide most, in at most 40 requests; the report lists what they do not decide',
  ),
  JUSPAY_WAIVERS: { expected: 'a file of waivers', help: 'a YAML file of waived deviations' },
  JUSPAY_PROPERTIES: {
    ...word(['on', 'off'], 'whether to try generated requests and sequences too'),
    liveDefault: 'off',
  },
  JUSPAY_SEED: whole(0, 2_147_483_647, DEFAULT_SEED, 'the same seed generates the same requests'),
  JUSPAY_RUNS: {
    ...whole(1, 100_000, MOCK_RUNS, 'how often to try each property; setting it turns them on'),
    liveDefault: String(LIVE_RUNS),
  },
  JUSPAY_REPORT_DIR: { expected: 'a folder', default: 'reports/out', help: 'folder for the reports' },
  JUSPAY_BASELINE: { expected: 'the report.json of an earlier run', help: 'an earlier report.json to compare with' },
  JUSPAY_RECORD: file('the file to record a live run to', 'live'),
  JUSPAY_RECORDING: file('the recording that JUSPAY_TARGET=replay judges', 'replay'),
  JUSPAY_MOCK_OPTIONS: file('a file of mock options: how the mock behaves where the page is silent', 'mock'),
  JUSPAY_OBSERVATIONS: file('a file of pinned observations of the open claims'),
  JUSPAY_OBSERVATIONS_STRICT: word(['0', '1'], '1: an observation that differs from its pin fails the run'),
} satisfies Readonly<Record<string, Variable>>;

export type VariableName = keyof typeof VARIABLES;

/** The definition of a setting. */
export function describe(name: VariableName): Variable {
  return VARIABLES[name];
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
