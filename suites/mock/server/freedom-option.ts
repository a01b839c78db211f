import type { Freedoms } from '../freedoms.ts';
import { MockSettingsError, wholeNumber } from './settings-error.ts';

interface Range {
  readonly least: number;
  readonly most: number;
}

const CLIENT_ERRORS: Range = { least: 400, most: 499 };

const VALUES: { readonly [Name in keyof Freedoms]: readonly string[] | Range } = {
  laterCall: ['keep', 'update'],
  referenceCase: ['distinct', 'same'],
  tokens: ['new', 'reuse'],
  tokenLifetime: { least: 1, most: 86_400 },
  unsent: ['absent', 'empty', 'null'],
  jsonBody: ['refuse', 'accept'],
  otherMediaType: ['refuse', 'accept'],
  unversionedPath: ['refuse', 'accept'],
  keyRefusal: CLIENT_ERRORS,
  merchantRefusal: CLIENT_ERRORS,
  keyWithoutColon: ['refuse', 'accept'],
  password: ['refuse', 'accept'],
  otherMerchant: ['refuse', 'accept'],
  unknownFields: ['ignore', 'refuse'],
  customerIdField: ['absent', 'present'],
};

/** Every freedom with its values, a line each, for the help. */
export function freedomLines(): string[] {
  return Object.entries(VALUES).map(([name, values]) =>
    'least' in values ? `${name}=${values.least}..${values.most}` : `${name}=${values.join('|')}`,
  );
}

/** Reads `NAME=VALUE`. @throws MockSettingsError naming the freedoms, or the values that this one can have */
export function readFreedom(option: string): Partial<Freedoms> {
  const [name = '', value = ''] = option.split('=', 2);
  if (!Object.hasOwn(VALUES, name)) {
    throw new MockSettingsError(`--freedom "${name}" is not known; choose of ${Object.keys(VALUES).join(', ')}`);
  }
  const values = VALUES[name as keyof Freedoms];
  if ('least' in values) return { [name]: wholeNumber(`--freedom ${name}`, value, values.least, values.most) };
  if (values.includes(value)) return { [name]: value };
  throw new MockSettingsError(`--freedom ${name} is "${value}"; choose of ${values.join(', ')}`);
}
