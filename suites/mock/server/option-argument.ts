import { SetupError } from '../../../spec/setup-error.ts';
import { MOCK_OPTION_VALUES } from '../option-values.ts';
import type { MockOptions } from '../options.ts';
import { wholeNumber } from './settings-error.ts';

/** The option takes a day at most; a file may hold what a service was seen to give, which can be longer. */
const VALUES: typeof MOCK_OPTION_VALUES = { ...MOCK_OPTION_VALUES, tokenLifetime: { from: 1, to: 86_400 } };

/** Every mock option with its values, a line each, for the help. */
export function optionLines(): string[] {
  return Object.entries(VALUES).map(([name, values]) =>
    'from' in values ? `${name}=${values.from}..${values.to}` : `${name}=${values.join('|')}`,
  );
}

/** Reads `NAME=VALUE`. @throws SetupError naming the mock options, or the values that this one can have */
export function readOption(option: string): Partial<MockOptions> {
  const [name = '', value = ''] = option.split('=', 2);
  if (!Object.hasOwn(VALUES, name)) {
    throw new SetupError(`--option "${name}" is not known; choose of ${Object.keys(VALUES).join(', ')}`);
  }
  const values = VALUES[name as keyof MockOptions];
  if ('from' in values) return { [name]: wholeNumber(`--option ${name}`, value, values.from, values.to) };
  if (values.includes(value)) return { [name]: value };
  throw new SetupError(`--option ${name} is "${value}"; choose of ${values.join(', ')}`);
}
