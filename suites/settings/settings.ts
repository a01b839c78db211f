import { type FileSettings, readFileSettings } from './file-settings.ts';

/** What a run is told from outside. */
export interface Settings extends FileSettings {
  readonly target: 'mock' | 'sandbox' | 'replay';
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
  /** Folder that the reports are written to. */
  readonly reportDir: string;
}

/** The environment as a run reads it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that cannot be used, all of them in one message. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const list = problems.map((problem) => `  - ${problem}`).join('\n');
    super(`the settings cannot be used:\n${list}\nSee the table "Settings" in README.md, or .env.example.`);
    this.problems = problems;
  }
}

/**
 * Reads the settings from environment variables (JUSPAY_*).
 * @throws SettingsError that names every value that is missing, empty or malformed; it never shows a key
 */
export function readSettings(env: Environment): Settings {
  const problems: string[] = [];
  const target = oneOf(env, 'JUSPAY_TARGET', ['mock', 'sandbox', 'replay'], 'mock', problems);
  const live = target === 'sandbox';
  const settings: Settings = {
    target,
    baseUrl: live ? readBaseUrl(env, problems) : '',
    apiKey: live
      ? required(env, 'JUSPAY_API_KEY', 'the API key from the Juspay dashboard', /^[\x21-\x39\x3b-\x7e]+$/, problems)
      : '',
    merchantId: live
      ? required(env, 'JUSPAY_MERCHANT_ID', 'the merchant id given by Juspay', /^[\x21-\x7e]+$/, problems)
      : '',
    timeoutMs: wholeNumber(env, 'JUSPAY_TIMEOUT_MS', { from: 1, to: 600_000, unless: 10_000 }, problems),
    maxRps: wholeNumber(env, 'JUSPAY_MAX_RPS', { from: 0, to: 10_000, unless: 10 }, problems),
    concurrency: wholeNumber(env, 'JUSPAY_CONCURRENCY', { from: 1, to: 256, unless: 4 }, problems),
    reportDir: optional(env, 'JUSPAY_REPORT_DIR', 'a folder', 'reports/out', problems),
    ...readFileSettings(env, target, problems),
  };
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

function readBaseUrl(env: Environment, problems: string[]): string {
  const name = 'JUSPAY_BASE_URL';
  const text = optional(env, name, 'an http or https URL', 'https://sandbox.juspay.in', problems);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    problems.push(`${name} is not an http or https URL: expected one like https://sandbox.juspay.in`);
    return '';
  }
  if (url.username !== '' || url.password !== '')
    problems.push(`${name} holds credentials: put the key into JUSPAY_API_KEY`);
  if (url.search !== '' || url.hash !== '')
    problems.push(`${name} has a query or a fragment: expected an origin and a path`);
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && env['JUSPAY_ALLOW_HTTP'] !== '1') {
    problems.push(
      `${name} sends the key over plain http to ${url.host}: use https, or set JUSPAY_ALLOW_HTTP=1 if that network is yours`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Whether a URL's host name is this machine by its very name. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function oneOf<T extends string>(
  env: Environment,
  name: string,
  values: readonly T[],
  unless: T,
  problems: string[],
): T {
  const text = optional(env, name, listed(values), unless, problems);
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  if (text !== '') problems.push(`${name} is ${JSON.stringify(text)}: expected ${listed(values)}`);
  return unless;
}

function listed(values: readonly string[]): string {
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

/** An empty value is a mistake (a variable that a pipeline failed to fill), not a wish for the default. */
function optional(env: Environment, name: string, expected: string, unless: string, problems: string[]): string {
  const text = env[name];
  if (text === undefined) return unless;
  if (text.trim() !== '') return text.trim();
  problems.push(`${name} is empty: expected ${expected}, or no such variable (then ${unless})`);
  return unless;
}

function required(env: Environment, name: string, what: string, form: RegExp, problems: string[]): string {
  const text = (env[name] ?? '').trim();
  const state = env[name] === undefined ? 'missing' : text === '' ? 'empty' : undefined;
  if (state !== undefined) problems.push(`${name} is ${state}: JUSPAY_TARGET=sandbox needs ${what}`);
  else if (!form.test(text)) {
    problems.push(
      `${name} is malformed (not shown): expected ${what}, of printable ASCII characters without spaces or colons`,
    );
  }
  return text;
}

function wholeNumber(
  env: Environment,
  name: string,
  { from, to, unless }: { from: number; to: number; unless: number },
  problems: string[],
): number {
  const text = optional(env, name, `a whole number from ${from} to ${to}`, String(unless), problems);
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  problems.push(`${name} is ${JSON.stringify(text)}: expected a whole number from ${from} to ${to}`);
  return unless;
}
