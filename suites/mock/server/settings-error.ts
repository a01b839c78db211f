/** A setting is wrong. The message names it, its value and what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Reads a whole number. @param name as a user writes the setting @throws SettingsError */
export function wholeNumber(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw new SettingsError(`${name} is "${value}"; give a whole number from ${least} to ${most}`);
}
