import { complaints, inShort } from '../../spec/check-value.ts';
import { SetupError } from '../../spec/setup-error.ts';
import { type MockOptions, mockOptionsSchema } from './options.ts';

/**
 * Checks mock options from the command line or a caller without types.
 * @throws SetupError naming every entry that is unknown or malformed
 */
export function checkMockOptions(value: unknown): Partial<MockOptions> {
  const problems = complaints(mockOptionsSchema(), value).map(inShort);
  if (problems.length > 0) throw new SetupError(problems.join('; '), problems);
  return value as Partial<MockOptions>;
}

/** Reads `NAME=VALUE` of the command line. @throws SetupError as checkMockOptions does */
export function readMockOption(text: string): Partial<MockOptions> {
  const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(text) ?? [];
  return checkMockOptions({ [name]: /^\d{1,15}$/.test(value) ? Number(value) : value });
}
