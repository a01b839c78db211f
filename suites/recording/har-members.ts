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

/** What begins a gzip, and no JSON and no form. */
const GZIP = 0x1f;

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
  // Some proxies write a body as it came over the wire, compressed.
  if (bytes[0] === GZIP) return undefined;
  return bytes.length < (told ?? 0) && REDACTED.test(text) ? undefined : bytes;
}
