import { SetupError } from '../../../spec/setup-error.ts';
/** Reads a whole number. @param name as a user writes the setting @throws SetupError */
export function wholeNumber(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw new SetupError(`${name} is "${value}"; give a whole number from ${least} to ${most}`);
}
