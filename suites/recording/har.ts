import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { readText } from '../../spec/text-file.ts';

/** The parts of HAR 1.2 used here. http://www.softwareishard.com/blog/har-12-spec/ */
export interface Har<Entry = HarEntry> {
  readonly log: {
    readonly version: string;
    readonly creator: { readonly name: string; readonly version: string };
    readonly comment?: string;
    readonly entries: readonly Entry[];
  };
}

export interface NameValue {
  readonly name: string;
  readonly value: string;
}

export interface HarEntry {
  /** RFC 3339. */
  readonly startedDateTime: string;
  /** Milliseconds. */
  readonly time: number;
  readonly request: HarRequest;
  readonly response: HarResponse;
  readonly cache: object;
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
  readonly comment?: string;
}

export interface HarRequest {
  readonly method: string;
  readonly url: string;
  readonly httpVersion: string;
  readonly cookies: readonly object[];
  readonly headers: readonly NameValue[];
  readonly queryString: readonly NameValue[];
  readonly postData?: {
    readonly mimeType: string;
    readonly text?: string;
    readonly params?: readonly { readonly name: string; readonly value?: string }[];
  };
  readonly headersSize: number;
  readonly bodySize: number;
}

export interface HarResponse {
  /** 0 if there was no answer. */
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly cookies: readonly object[];
  readonly headers: readonly NameValue[];
  readonly content: {
    readonly size: number;
    readonly mimeType: string;
    readonly text?: string;
    readonly encoding?: string;
    readonly comment?: string;
  };
  readonly redirectURL: string;
  readonly headersSize: number;
  readonly bodySize: number;
}

/**
 * Parses a HAR up to its list of entries. The reader has to check the entries, because tools omit parts.
 * @throws SetupError that says what the text is instead
 */
export function parseHar(text: string): Har {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SetupError('it is not JSON, so not a HAR');
  }
  const log = typeof value === 'object' && value !== null && 'log' in value ? value.log : undefined;
  if (typeof log !== 'object' || log === null || !('entries' in log) || !Array.isArray(log.entries)) {
    throw new SetupError('it is JSON but not a HAR: it has no list "log.entries"');
  }
  return value as Har;
}

/** Reads a HAR file, with bodies in files next to it. @throws SetupError that names the file and what it is instead */
export async function readHar(file: string): Promise<Har> {
  if (/\.zip$/i.test(file)) throw new SetupError(`${file} is a zip file: unpack it, and use the .har file in it`);
  const text = readText(file);
  try {
    const har = parseHar(text);
    if (text.includes('"_file"')) (await import('./attached-bodies.ts')).attachBodies(har, file);
    return har;
  } catch (thrown) {
    throw new SetupError(`${file}: ${messageOf(thrown)}; expected a HAR file as exported by browsers`);
  }
}

/** The members of an object; none for any other value that a tool wrote. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A text, or a number as text; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** A number that is not negative, or a text with one; undefined if unknown, which HAR writes as -1. */
export function countOf(value: unknown): number | undefined {
  const text = textOf(value)?.trim() ?? '';
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Names with their values; omits values without a name. Some tools write an object instead of a list. */
export function pairsOf(list: unknown): [string, string][] {
  const members = Array.isArray(list)
    ? list.map((one: unknown) => [membersOf(one)['name'], membersOf(one)['value']] as const)
    : Object.entries(membersOf(list));
  return members.flatMap(([name, value]): [string, string][] => {
    const called = textOf(name);
    return called === undefined || called.trim() === '' ? [] : [[called, textOf(value) ?? '']];
  });
}

/** Replaces the value of a request's header that cannot be read. */
export const UNREADABLE = '[unreadable]';

/**
 * Headers by lowercase name; repeated headers are joined with a comma.
 * @param instead replaces a value that is not text; by default such a header is omitted
 */
export function headersOf(list: unknown, instead?: string): Record<string, string> {
  const joined = new Map<string, string>();
  const isText = (one: unknown) => typeof membersOf(one)['value'] === 'string';
  const told = Array.isArray(list)
    ? list.flatMap((one: unknown) =>
        isText(one) ? [one] : instead === undefined ? [] : [{ ...membersOf(one), value: instead }],
      )
    : Object.fromEntries(Object.entries(membersOf(list)).filter(([, value]) => typeof value === 'string'));
  for (const [name, value] of pairsOf(told)) {
    const key = name.trim().toLowerCase();
    const before = joined.get(key);
    joined.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(joined);
}

/** What tools write instead of removed text. */
const REDACTED = /^\W*(?:redacted|masked|removed|hidden|secret|omitted|truncated|x+|\*+|\.+)?\W*$/i;

/** What tools write instead of one value. */
const REDACTED_VALUE =
  /^(?:\W{0,3}(?:redacted|masked|removed|hidden|omitted|truncated|filtered)\W{0,3}|\*{3,}|x{6,}|•+)$/i;

/** Whether a value of a form or an answer was removed from the file. */
export function isRedacted(value: unknown): boolean {
  if (typeof value === 'string') return REDACTED_VALUE.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(isRedacted);
}

/**
 * The bytes of a request's postData or an answer's content; undefined if the file does not have them all.
 * @param told their number by another part of the file; undefined if not given
 */
export function bytesOf(content: Readonly<Record<string, unknown>>, told: number | undefined): Uint8Array | undefined {
  const { text, encoding } = content;
  if (typeof text !== 'string') return text === undefined && told === 0 ? new Uint8Array() : undefined;
  const isPlain = encoding === undefined || encoding === null || encoding === '' || /^utf-?8$/i.test(String(encoding));
  if (!isPlain && encoding !== 'base64') return undefined;
  const bytes = new Uint8Array(Buffer.from(text, isPlain ? 'utf8' : 'base64'));
  return bytes.length < (told ?? 0) && REDACTED.test(text) ? undefined : bytes;
}
