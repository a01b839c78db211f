import type { HttpAnswer } from '../targets/target.ts';
import { otherReadings } from './repeated-names.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** A body that is a JSON object, or what is wrong with it. */
export type BodyReading =
  | {
      readonly ok: true;
      /** As most clients parse it. */
      readonly value: JsonObject;
      /** For repeated names: the body with each of the values in turn; `value` is the last one. */
      readonly readings: readonly JsonObject[];
    }
  | { readonly ok: false; readonly expected: string; readonly actual: string };

const JSON_MEDIA_TYPE = /^(?:application|text)\/json$|^[\w.+-]+\/[\w.-]+\+json$/;

/**
 * Parses a body by RFC 8259: a JSON object in UTF-8 without a byte-order mark, with a JSON media type.
 * Not by `Response.json()`, which hides a byte-order mark and invalid UTF-8.
 */
export function readJsonObject(answer: Pick<HttpAnswer, 'headers' | 'body'>): BodyReading {
  const mediaType = answer.headers['content-type'];
  const essence = (mediaType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!JSON_MEDIA_TYPE.test(essence)) {
    return wrong('a JSON media type', mediaType === undefined ? 'no Content-Type' : `Content-Type: ${mediaType}`);
  }
  return readOnce(answer.body).reading;
}

/** A body's JSON value; undefined if it is not JSON. */
export function jsonIn(body: Uint8Array): unknown {
  return readOnce(body).value;
}

/** A parsed body. */
interface Read {
  readonly value?: unknown;
  readonly reading: BodyReading;
}

/** Cache, because judging reads an answer repeatedly, and it may be large. */
const READ = new WeakMap<Uint8Array, Read>();

function readOnce(body: Uint8Array): Read {
  const known = READ.get(body) ?? read(body);
  READ.set(body, known);
  return known;
}

function read(body: Uint8Array): Read {
  if (body.length === 0) return unread('a JSON object', 'an empty body');
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) {
    return unread('UTF-8 without a byte-order mark', 'a body that begins with EF BB BF');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return unread('UTF-8', 'bytes that are not UTF-8');
  }
  const value = parsed(text);
  if (value === undefined) return unread('a JSON object', `text that is not JSON: ${excerpt(text)}`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { value, ...unread('a JSON object', `${kindOf(value)}: ${excerpt(text)}`) };
  }
  const others = otherReadings(text).map((other) => JSON.parse(other) as JsonObject);
  return { value, reading: { ok: true, value: value as JsonObject, readings: [...others, value as JsonObject] } };
}

function unread(expected: string, actual: string): Read {
  return { reading: wrong(expected, actual) };
}

/** A value's JSON type with article. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  const type = typeof value;
  return type === 'object' ? 'an object' : `a ${type}`;
}

/** The first 120 characters of a text. */
export function excerpt(text: string): string {
  return text.length > 120 ? `${copyOf(text.slice(0, 120))}…` : text;
}

/** Copies a substring, which would otherwise keep the whole text in memory. */
export function copyOf(part: string): string {
  return Buffer.from(part, 'utf16le').toString('utf16le');
}

/** Whether a status accepts the request; a separate claim requires exactly 200. */
export function isAccepted({ status }: Pick<HttpAnswer, 'status'>): boolean {
  return status >= 200 && status < 300;
}

/** A value as shown in a finding: short JSON, or "nothing". */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value !== 'object' || value === null) return excerpt(JSON.stringify(value));
  try {
    return `${kindOf(value)}: ${excerpt(JSON.stringify(value))}`;
  } catch {
    // JSON.parse accepts any depth, but JSON.stringify does not.
    return `${kindOf(value)}, nested too deeply to be shown`;
  }
}

/** The value at a JSON pointer; undefined if there is none. */
export function valueAt(value: unknown, pointer: string): unknown {
  let found = value;
  for (const part of pointer.split('/').slice(1)) {
    if (typeof found !== 'object' || found === null) return undefined;
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

/** Whether a value contains a property with exactly this name, at any depth. */
export function hasKeyAnywhere(value: unknown, name: string): boolean {
  return objectsIn(value).some((object) => Object.hasOwn(object, name));
}

/** A value somewhere in another one. */
interface Inner {
  readonly value: unknown;
  readonly isInside: boolean;
}

/**
 * Every value in a value, including itself. Iterative, because a server can nest deeply.
 * @param inside whether a property's value counts as inside, given whether its object does
 */
export function* valuesIn(
  value: unknown,
  inside: (isInside: boolean, name: string) => boolean = () => false,
): Generator<Inner> {
  const pending: Inner[] = [{ value, isInside: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [name, child] of Object.entries(next.value)) {
      const inner = { value: child as unknown, isInside: inside(next.isInside, name) };
      if (typeof child === 'object') pending.push(inner);
      else yield inner;
    }
  }
}

/** Every object in a value, including itself. */
export function objectsIn(value: unknown): JsonObject[] {
  return Array.from(valuesIn(value), (inner) => inner.value).filter(
    (inner): inner is JsonObject => typeof inner === 'object' && inner !== null && !Array.isArray(inner),
  );
}

/** The value of a JSON text; undefined if it is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wrong(expected: string, actual: string): BodyReading {
  return { ok: false, expected, actual };
}
