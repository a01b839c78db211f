import { type Patch, refuses, rewrites, steps } from '../patches.ts';
import type { Fields } from '../store.ts';

/** A server that differs from the mock only where the page leaves it open; no case may fail it. */
export interface Variant {
  readonly name: string;
  /** The claim, or the note on a claim, that leaves it open. */
  readonly open: string;
  readonly patch: Patch;
}

/** Variants of one open claim, from a table of name and behaviour. */
export function variantsOf<T>(open: string, make: (one: T) => Patch, table: Readonly<Record<string, T>>): Variant[] {
  return Object.entries(table).map(([name, one]) => ({ name, open, patch: make(one) }));
}

/** For a table of patches. */
export const asIs = (patch: Patch): Patch => patch;

/** Replaces the answer to unauthorized calls. */
export function refusals([status, mediaType, body]: readonly [number, string | undefined, string]): Patch {
  return rewrites(({ headers: { 'content-type': _, ...rest } }) => {
    return { status, headers: mediaType === undefined ? rest : { ...rest, 'content-type': mediaType }, body };
  }, 401);
}

/** Validates more strictly where the page leaves it open. */
export function stricter(isBad: (fields: Fields) => boolean): Patch {
  return refuses('request', isBad);
}

/** Shifts the server's clock. @param offset milliseconds */
export function clock(offset: number): Patch {
  return () => ({ now: () => new Date(Date.now() + offset) });
}

/** Changes the format of times. */
export function times(spell: (iso: string, date: Date) => string): Patch {
  return steps({ time: (date) => spell(date.toISOString(), date) });
}

export const HOUR = 3_600_000;

export const any = (fields: Fields, test: (value: string, name: string) => boolean) =>
  Object.entries(fields).some(([name, value]) => test(value, name));
