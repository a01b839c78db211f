import { SetupError } from '../../spec/setup-error.ts';
import { loadEnvironment } from '../settings/environment.ts';
import type { Environment } from '../settings/values.ts';
import { defaultInWords, describe, VARIABLES, type VariableName } from '../settings/variables.ts';
import type { Flag, Options } from './command.ts';

/** Variables only: other users can see flags in the process list, and a copied command must not allow production. */
const NO_OPTION: readonly VariableName[] = ['JUSPAY_API_KEY', 'JUSPAY_MERCHANT_ID', 'JUSPAY_ALLOW_PRODUCTION'];

/** Every environment variable that a run reads. */
export const SETTINGS = Object.keys(VARIABLES) as VariableName[];

const WITH_OPTION = SETTINGS.filter((name) => !NO_OPTION.includes(name));

/** One flag for every setting except those in NO_OPTION, and --env-file. */
export const SETTING_FLAGS: readonly Flag[] = [
  ...WITH_OPTION.map((name): Flag => {
    const about = describe(name);
    const unless = defaultInWords(about);
    // A switch takes no value, so its help must not name one.
    if (isSwitch(name)) return [`--${optionOf(name)}`, about.help.replace(/^1:? /, '')];
    return [`--${optionOf(name)} <value>`, `${about.help}${unless === '' ? '' : `; default: ${unless}`}`];
  }),
  ['--env-file <file>', 'a file of variables; default: .env, if it exists'],
];

/**
 * The environment of a command: flags override variables, variables override the .env file.
 * @throws SetupError if the .env file cannot be used
 */
export function environmentOf(options: Options, env: Environment = process.env): Environment {
  const merged: Record<string, string | undefined> = { ...env };
  const { envFile } = options;
  if (typeof envFile === 'string') merged['DOTENV_CONFIG_PATH'] = envFile;
  for (const name of WITH_OPTION) {
    const value = options[inCamelCase(optionOf(name))];
    if (value !== undefined) merged[name] = value === true ? '1' : String(value);
  }
  loadEnvironment(merged);
  return merged;
}

/** Parses `1/3`. @throws SetupError */
export function readShard(text: string): { readonly index: number; readonly count: number } {
  const [, index = 0, count = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw new SetupError(`--shard is ${JSON.stringify(text)}: expected PART/TOTAL, like 1/3`);
}

function isSwitch(name: VariableName): boolean {
  const { values } = describe(name);
  return Array.isArray(values) && values.join() === '0,1';
}

/** `JUSPAY_BASE_URL` as `base-url`. */
function optionOf(name: VariableName): string {
  return name.replace('JUSPAY_', '').toLowerCase().replaceAll('_', '-');
}

function inCamelCase(option: string): string {
  return option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
