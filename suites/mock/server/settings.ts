import { parseArgs } from 'node:util';
import { messageOf, SetupError } from '../../../spec/setup-error.ts';
import { SAMPLE_KEY, SAMPLE_MERCHANT } from '../customer-handlers.ts';
import { type MockOptions, mockOptionRows, readMockOption } from '../options.ts';
import { type Cors, readOrigin } from './cors.ts';
import { DEFAULT_LIMIT } from './memory-store.ts';

/** What `npm run mock` was told. */
export interface MockSettings {
  readonly host: string;
  readonly port: number;
  readonly key: string;
  readonly merchant: string;
  readonly fault: string | undefined;
  readonly faultHeader: boolean;
  readonly faultReferences: boolean;
  readonly mockOptions: Partial<MockOptions>;
  /** A file; undefined keeps customers in memory. */
  readonly state: string | undefined;
  /** Customers in memory. */
  readonly limit: number;
  readonly admin: boolean;
  readonly cors: Cors;
}

export const DEFAULT_PORT = 4010;

/** Printed by --help. */
export const HELP = `Serves a mock of Juspay's get-or-create-customer over HTTP.

Usage: npm run mock -- [options]

  --port N                  default ${DEFAULT_PORT}; 0 for any free one      (or MOCK_PORT)
  --host ADDRESS            default 127.0.0.1                      (or MOCK_HOST)
  --key KEY                 the API key that is let in; default ${SAMPLE_KEY}  (or MOCK_API_KEY)
  --merchant ID             default ${SAMPLE_MERCHANT}                    (or MOCK_MERCHANT_ID)
  --fault NAME[=P][*N]      misbehave at every call                (or MOCK_FAULT)
  --allow-fault-header      misbehave where a call's header x-mock-fault says so
  --allow-fault-references  misbehave for customer references that begin fault-NAME-
  --list-faults             print what NAME can be, with the claim that each breaks
  --option NAME=VALUE       decide what the documentation leaves open; may be repeated:
${mockOptionRows()
  .map(({ name, values, usual, claim, help }) => {
    const choice = `${name}=${values}`.padEnd(34);
    return `      ${choice}  ${help} (${claim}); default ${usual}`;
  })
  .join('\n')}
  --state FILE              keep customers in a file               (or MOCK_STATE)
  --limit N                 customers kept in memory, the oldest forgotten first; default ${DEFAULT_LIMIT}
  --cors ORIGIN             let pages of that origin call the mock; may be repeated, * for any; default none
  --admin                   GET /_mock/state lists the customers, DELETE forgets them; with the API key
  --help

An option wins over the environment. A key on the command line can be seen by others on the machine; the environment
cannot.`;

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  key: { type: 'string' },
  merchant: { type: 'string' },
  fault: { type: 'string' },
  'allow-fault-header': { type: 'boolean', default: false },
  'allow-fault-references': { type: 'boolean', default: false },
  'list-faults': { type: 'boolean', default: false },
  option: { type: 'string', multiple: true },
  state: { type: 'string' },
  limit: { type: 'string' },
  admin: { type: 'boolean', default: false },
  cors: { type: 'string', multiple: true },
  help: { type: 'boolean', default: false },
} as const;

/**
 * Reads the settings.
 * @returns `help` or `list-faults` where that is all that is asked for
 * @throws SetupError
 */
export function readMockSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): MockSettings | 'help' | 'list-faults' {
  const values = parse(args);
  if (values.help) return 'help';
  if (values['list-faults']) return 'list-faults';
  return {
    host: text('--host', values.host ?? env['MOCK_HOST'] ?? '127.0.0.1'),
    port: wholeNumber('--port', values.port ?? env['MOCK_PORT'] ?? String(DEFAULT_PORT), 0, 65_535),
    key: visible('--key', values.key ?? env['MOCK_API_KEY'] ?? SAMPLE_KEY, /^[\x21-\x39\x3b-\x7e]+$/),
    merchant: visible('--merchant', values.merchant ?? env['MOCK_MERCHANT_ID'] ?? SAMPLE_MERCHANT, /^[\x21-\x7e]+$/),
    fault: values.fault ?? env['MOCK_FAULT'],
    faultHeader: values['allow-fault-header'],
    faultReferences: values['allow-fault-references'],
    mockOptions: Object.assign({}, ...(values.option ?? []).map(readOptionArgument)),
    state: values.state ?? env['MOCK_STATE'],
    limit: wholeNumber('--limit', values.limit ?? String(DEFAULT_LIMIT), 1, 10_000_000),
    admin: values.admin,
    cors: (values.cors ?? []).map(readOrigin),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }).values;
  } catch (thrown) {
    throw new SetupError(`${thrown instanceof Error ? thrown.message : String(thrown)}; --help lists the options`);
  }
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
  if (value === '') throw new SetupError(`${name} is empty; leave it out for its default`);
  return value;
}

/** What HTTP can carry: no space, nothing beyond ASCII, and in a user name no colon. Its value is not told: it is a secret. */
function visible(name: string, value: string, pattern: RegExp): string {
  if (pattern.test(value)) return value;
  throw new SetupError(`${name} is empty, or has a character that cannot be sent (a space, a colon in a key)`);
}
