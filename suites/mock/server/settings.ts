import { messageOf, SetupError } from '../../../spec/setup-error.ts';
import { readMockOption } from '../check-options.ts';
import { type MockOptions, mockOptionRows } from '../options.ts';
import { SAMPLE_KEY, SAMPLE_MERCHANT } from '../sample-access.ts';
import { type Cors, readOrigin } from './cors.ts';
import { DEFAULT_LIMIT } from './memory-store.ts';

/** Settings of the mock server. */
export interface MockSettings {
  readonly host: string;
  readonly port: number;
  readonly key: string;
  readonly account: string;
  readonly fault: string | undefined;
  readonly faultHeader: boolean;
  readonly faultReferences: boolean;
  readonly mockOptions: Partial<MockOptions>;
  /** State file; undefined keeps customers in memory. */
  readonly state: string | undefined;
  /** Maximum number of customers in memory. */
  readonly limit: number;
  readonly admin: boolean;
  readonly cors: Cors;
}

export const DEFAULT_PORT = 4010;

/** Flags in commander's syntax, their help, and whether they may be repeated. */
export const MOCK_FLAGS: readonly (readonly [flags: string, help: string, kind?: 'repeatable'])[] = [
  ['--port <n>', `the port to listen on; default ${DEFAULT_PORT}, 0 for any free one (or MOCK_PORT)`],
  ['--host <address>', 'the address to listen on; default 127.0.0.1 (or MOCK_HOST)'],
  ['--key <key>', `the accepted API key; default ${SAMPLE_KEY} (or MOCK_API_KEY)`],
  ['--merchant <id>', `the merchant id of that key; default ${SAMPLE_MERCHANT} (or MOCK_MERCHANT_ID)`],
  ['--fault <spec>', 'inject a fault into every call: NAME[=PARAMETER][*TIMES] (or MOCK_FAULT)'],
  ['--allow-fault-header', 'let a call request a fault with the header x-mock-fault'],
  ['--allow-fault-references', 'inject faults for customer references that begin fault-NAME-'],
  ['--list-faults', 'print every fault NAME, with the claim that it breaks'],
  [
    '--option <name=value>',
    'set a mock option, for behaviour that the documentation leaves open; see below',
    'repeatable',
  ],
  ['--state <file>', 'keep customers in a file (or MOCK_STATE)'],
  ['--limit <n>', `maximum number of customers in memory, the oldest dropped first; default ${DEFAULT_LIMIT}`],
  ['--cors <origin>', 'let pages from that origin call the mock; * for any; default none', 'repeatable'],
  ['--admin', 'GET /_mock/state lists the customers, DELETE deletes them; needs the API key'],
];

/** Variables that flags override. Other users of the machine can see a key on a command line. */
export const MOCK_VARIABLES = ['PORT', 'HOST', 'API_KEY', 'MERCHANT_ID', 'FAULT', 'STATE'].map(
  (name) => `MOCK_${name}`,
);

/** Help for `--option`, one line per mock option. */
export function mockOptionLines(): string[] {
  return mockOptionRows().map(
    ({ name, values, usual, claim, help }) => `${`${name}=${values}`.padEnd(34)}  ${help} (${claim}); default ${usual}`,
  );
}

/** The given flags, by name in camel case. */
export type MockFlagValues = Readonly<Record<string, string | true | readonly string[] | undefined>>;

/** Reads the settings; flags override variables. @throws SetupError */
export function readMockSettings(
  values: MockFlagValues,
  env: Readonly<Record<string, string | undefined>>,
): MockSettings {
  const given = (name: string, variable: string, unless: string) => String(values[name] ?? env[variable] ?? unless);
  const optional = (name: string, variable: string) => values[name]?.toString() ?? env[variable];
  const list = (name: string) => [values[name] ?? []].flat().map(String);
  return {
    host: text('--host', given('host', 'MOCK_HOST', '127.0.0.1')),
    port: wholeNumber('--port', given('port', 'MOCK_PORT', String(DEFAULT_PORT)), 0, 65_535),
    key: visible('--key', given('key', 'MOCK_API_KEY', SAMPLE_KEY), /^[\x21-\x39\x3b-\x7e]+$/),
    account: visible('--merchant', given('merchant', 'MOCK_MERCHANT_ID', SAMPLE_MERCHANT), /^[\x21-\x7e]+$/),
    fault: optional('fault', 'MOCK_FAULT'),
    faultHeader: values['allowFaultHeader'] === true,
    faultReferences: values['allowFaultReferences'] === true,
    mockOptions: Object.assign({}, ...list('option').map(readOptionArgument)),
    state: optional('state', 'MOCK_STATE'),
    limit: wholeNumber('--limit', String(values['limit'] ?? DEFAULT_LIMIT), 1, 10_000_000),
    admin: values['admin'] === true,
    cors: list('cors').map(readOrigin),
  };
}

function readOptionArgument(option: string): Partial<MockOptions> {
  try {
    return readMockOption(option);
  } catch (thrown) {
    throw new SetupError(`--option ${messageOf(thrown)}`);
  }
}

function wholeNumber(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw new SetupError(`${name} is "${value}"; give a whole number from ${least} to ${most}`);
}

function text(name: string, value: string): string {
  if (value === '') throw new SetupError(`${name} is empty; omit it for the default`);
  return value;
}

/** Checks that HTTP can carry a value: no space, only ASCII, no colon in a user name. The error hides the value, a secret. */
function visible(name: string, value: string, pattern: RegExp): string {
  if (pattern.test(value)) return value;
  throw new SetupError(`${name} is empty, or has a character that cannot be sent (a space, a colon in a key)`);
}
