import type { MockSetup } from '../mock.ts';
import type { MockResponse } from '../steps.ts';
import type { Fields } from '../store.ts';
import type { FieldError } from '../validate.ts';

/** A server that differs from the mock only where the page leaves it open; no case may fail it. */
export interface Variant {
  readonly name: string;
  /** The claim, or the note on a claim, that leaves it open. */
  readonly open: string;
  readonly options: () => Omit<MockSetup, 'apiKey' | 'account'>;
}

export type Body = Record<string, unknown>;

/** Variants of one open claim, from a table of name and behaviour. */
export function variantsOf<T>(
  open: string,
  make: (one: T) => Variant['options'],
  table: Readonly<Record<string, T>>,
): Variant[] {
  return Object.entries(table).map(([name, one]) => ({ name, open, options: make(one) }));
}

/** Changes finished answers. */
export function rewriting(change: (response: MockResponse) => MockResponse): Variant['options'] {
  return () => ({ rewrite: (response) => change(response) });
}

/** Changes the objects in bodies. @param only of answers with this status; default: all */
export function bodies(change: (body: Body, status: number) => unknown, only?: number): Variant['options'] {
  return rewriting((response) =>
    only !== undefined && response.status !== only
      ? response
      : { ...response, body: JSON.stringify(change(JSON.parse(String(response.body)) as Body, response.status)) },
  );
}

/** Changes bodies as text. */
export function texts(change: (body: string) => string): Variant['options'] {
  return rewriting((response) => ({ ...response, body: change(String(response.body)) }));
}

export function headers(change: (headers: Record<string, string>) => Record<string, string>): Variant['options'] {
  return rewriting((response) => ({ ...response, headers: change({ ...response.headers }) }));
}

/** Replaces the answer to unauthorized calls. */
export function refusals([status, mediaType, body]: readonly [number, string | undefined, string]): Variant['options'] {
  return rewriting((response) => {
    if (response.status !== 401) return response;
    const { 'content-type': _, ...rest } = response.headers;
    return { status, headers: mediaType === undefined ? rest : { ...rest, 'content-type': mediaType }, body };
  });
}

/** Validates more strictly where the page leaves it open. */
export function stricter(isBad: (fields: Fields) => boolean): Variant['options'] {
  const error: FieldError = { field: 'request', problem: 'invalid', detail: 'is not accepted by this server' };
  return () => ({
    steps: { validate: (fields, validator) => [...validator(fields), ...(isBad(fields) ? [error] : [])] },
  });
}

/** Shifts the server's clock. @param offset milliseconds */
export function clock(offset: number): Variant['options'] {
  return () => ({ now: () => new Date(Date.now() + offset) });
}

/** Changes the format of times. */
export function times(spell: (iso: string, date: Date) => string): Variant['options'] {
  return () => ({ steps: { time: (date) => spell(date.toISOString(), date) } });
}

export const HOUR = 3_600_000;

export const any = (fields: Fields, test: (value: string, name: string) => boolean) =>
  Object.entries(fields).some(([name, value]) => test(value, name));
