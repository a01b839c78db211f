import { FREEDOM_VALUES } from '../freedom-values.ts';
import type { Freedoms } from '../freedoms.ts';
import { MockSettingsError, wholeNumber } from './settings-error.ts';

/** The option takes a day at most; a file may hold what a service was seen to give, which can be longer. */
const VALUES: typeof FREEDOM_VALUES = { ...FREEDOM_VALUES, tokenLifetime: { from: 1, to: 86_400 } };

/** Every freedom with its values, a line each, for the help. */
export function freedomLines(): string[] {
  return Object.entries(VALUES).map(([name, values]) =>
    'from' in values ? `${name}=${values.from}..${values.to}` : `${name}=${values.join('|')}`,
  );
}

/** Reads `NAME=VALUE`. @throws MockSettingsError naming the freedoms, or the values that this one can have */
export function readFreedom(option: string): Partial<Freedoms> {
  const [name = '', value = ''] = option.split('=', 2);
  if (!Object.hasOwn(VALUES, name)) {
    throw new MockSettingsError(`--freedom "${name}" is not known; choose of ${Object.keys(VALUES).join(', ')}`);
  }
  const values = VALUES[name as keyof Freedoms];
  if ('from' in values) return { [name]: wholeNumber(`--freedom ${name}`, value, values.from, values.to) };
  if (values.includes(value)) return { [name]: value };
  throw new MockSettingsError(`--freedom ${name} is "${value}"; choose of ${values.join(', ')}`);
}
