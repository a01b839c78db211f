import type { Flaw } from '../result.ts';

/** A flaw for a misspelt property name. */
export function misspelt(name: string, other: string, pointer: string): Flaw {
  return { claim: 'RS-6', expected: `a property "${name}"`, actual: `a property "${other}"`, pointer };
}

/** A property whose name differs only in letter case, hyphens and underscores. */
export function otherSpelling(place: unknown, name: string): string | undefined {
  if (typeof place !== 'object' || place === null) return undefined;
  const plain = (text: string) => text.toLowerCase().replaceAll(/[-_]/g, '');
  return Object.keys(place).find((key) => key !== name && plain(key) === plain(name));
}
