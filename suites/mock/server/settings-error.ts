/** A setting is wrong. The message names it, its value and what to do. */
export class MockSettingsError extends Error {
  override readonly name = 'MockSettingsError';
}

/** Reads a whole number. @param name as a user writes the setting @throws MockSettingsError */
export function wholeNumber(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw new MockSettingsError(`${name} is "${value}"; give a whole number from ${least} to ${most}`);
}
