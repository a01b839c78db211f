import { readChecked } from '../../spec/checked-file.ts';
import { type MockOptions, mockOptionsSchema } from './options.ts';

/**
 * Reads a file of mock options: JSON with an object "mockOptions". Missing options keep their defaults.
 * @throws SetupError with the position of every unknown or malformed entry
 */
export function readMockOptions(file: string): Partial<MockOptions> {
  const schema = {
    type: 'object',
    description: 'an object with the key "mockOptions"',
    required: ['mockOptions'],
    properties: { mockOptions: mockOptionsSchema() },
  };
  return readChecked<{ readonly mockOptions: Partial<MockOptions> }>(file, schema).value.mockOptions;
}
