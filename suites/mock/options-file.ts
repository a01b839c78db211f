import { readFileSync } from 'node:fs';
import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { type Allowed, MOCK_OPTION_VALUES } from './option-values.ts';
import type { MockOptions } from './options.ts';

/**
 * Reads how the mock is to behave where the page leaves it a choice: JSON with an object "mockOptions"; what it does not name
 * stays as it is.
 * @throws SetupError naming the file and every entry that is unknown or malformed
 */
export function readMockOptions(file: string): Partial<MockOptions> {
  try {
    return checkMockOptions(JSON.parse(readFileSync(file, 'utf8')));
  } catch (thrown) {
    throw new SetupError(`${file}: ${messageOf(thrown)}`);
  }
}

/** Checks the content of such a file. @throws SetupError naming every entry that is unknown or malformed */
export function checkMockOptions(value: unknown): Partial<MockOptions> {
  const mockOptions =
    typeof value === 'object' && value !== null && 'mockOptions' in value ? value.mockOptions : undefined;
  if (typeof mockOptions !== 'object' || mockOptions === null || Array.isArray(mockOptions)) {
    throw new SetupError('expected an object with an object "mockOptions" in it');
  }
  const problems = Object.entries(mockOptions).flatMap(([name, entry]: [string, unknown]) => {
    if (!Object.hasOwn(MOCK_OPTION_VALUES, name)) return [`"${name}" is not a mock option`];
    const allowed = MOCK_OPTION_VALUES[name as keyof MockOptions];
    return isAllowed(entry, allowed) ? [] : [`"${name}" is ${JSON.stringify(entry)}: expected ${inWords(allowed)}`];
  });
  if (problems.length > 0) throw new SetupError(problems.join('; '));
  return mockOptions;
}

function isAllowed(value: unknown, allowed: Allowed): boolean {
  if ('from' in allowed) return Number.isInteger(value) && Number(value) >= allowed.from && Number(value) <= allowed.to;
  return typeof value === 'string' && allowed.includes(value);
}

function inWords(allowed: Allowed): string {
  return 'from' in allowed ? `a whole number from ${allowed.from} to ${allowed.to}` : allowed.join(' or ');
}
