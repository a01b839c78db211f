import { readChecked } from '../../spec/checked-file.ts';
import { type MockOptions, mockOptionsSchema } from './options.ts';

/**
 * Reads how the mock is to behave where the page leaves it a choice: JSON with an object "mockOptions"; what it does not name
 * stays as it is.
 * @throws SetupError with the place of every entry that is unknown or malformed
 */
export function readMockOptions(file: string): Partial<MockOptions> {
  const schema = {
    type: 'object',
    description: 'an object with an object "mockOptions" in it',
    required: ['mockOptions'],
    properties: { mockOptions: mockOptionsSchema() },
  };
  return readChecked<{ readonly mockOptions: Partial<MockOptions> }>(file, schema).value.mockOptions;
}
