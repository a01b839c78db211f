import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { readJson } from '../../spec/text-file.ts';
import { checkMockOptions, type MockOptions } from './options.ts';

/**
 * Reads how the mock is to behave where the page leaves it a choice: JSON with an object "mockOptions"; what it does not name
 * stays as it is.
 * @throws SetupError naming the file and every entry that is unknown or malformed
 */
export function readMockOptions(file: string): Partial<MockOptions> {
  const value = readJson(file);
  try {
    if (typeof value === 'object' && value !== null && 'mockOptions' in value) {
      return checkMockOptions(value.mockOptions);
    }
    throw new SetupError('expected an object with an object "mockOptions" in it');
  } catch (thrown) {
    throw new SetupError(`${file}: ${messageOf(thrown)}`);
  }
}
