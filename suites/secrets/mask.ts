import { SHORTEST_ENCODED, type Spelling, spellingsOf } from './spellings.ts';

/** A value that must not leave the process, and what stands in its place. */
export interface Secret {
  readonly value: string;
  readonly name: string;
}

/** Replaces secrets in text, whatever they are encoded as. */
export interface Masker {
  /** Adds a secret that became known on the way. */
  learn(secret: Secret): void;
  mask(text: string): string;
  /** How many characters at the end of a text may be the beginning of a secret that goes on in the next one. */
  unfinished(text: string): number;
  /** The same value with every text in it masked, property names included. */
  maskDeep<T>(value: T): T;
}

/** How whoever shortens a text marks the place. */
const CUT = '…';

interface Needle extends Spelling {
  readonly name: string;
}

/**
 * Makes a masker. Its cost grows with the text and not with the number of secrets: every spelling is found by its first
 * four characters, since a run learns a token from every answer that has one.
 */
export function createMasker(secrets: readonly Secret[]): Masker {
  const known = new Set<string>();
  const short: Secret[] = [];
  const needles = new Map<string, Needle[]>();
  const firsts = new Set<number>();
  const beginnings = new Set<string>();
  let longest = 0;

  function learn({ value, name }: Secret): void {
    if (value === '' || known.has(value)) return;
    known.add(value);
    if (value.length < SHORTEST_ENCODED) {
      short.push({ value, name });
      return;
    }
    for (const spelling of spellingsOf(value)) {
      const key = spelling.text.slice(0, SHORTEST_ENCODED);
      const same = needles.get(key) ?? [];
      same.push({ ...spelling, name });
      // The longest first: a key must not be hidden only up to the point where a shorter secret ends.
      same.sort((a, b) => b.text.length - a.text.length);
      needles.set(key, same);
      firsts.add(key.charCodeAt(0));
      for (let length = 1; length < SHORTEST_ENCODED; length++) beginnings.add(key.slice(0, length));
      longest = Math.max(longest, spelling.text.length);
    }
  }

  /** Where a secret begins that the text's end cuts off; the text's end where there is none. */
  function cutOff(text: string, end: number, shortest: number): { from: number; needle: Needle } | undefined {
    for (let from = Math.max(0, end - longest + 1); from <= end - shortest; from++) {
      if (!firsts.has(text.charCodeAt(from))) continue;
      const part = text.slice(from, end);
      const needle = needles.get(part.slice(0, SHORTEST_ENCODED))?.find(({ text: whole }) => whole.startsWith(part));
      if (needle !== undefined) return { from, needle };
    }
    return undefined;
  }

  /** A text that was cut, and says so, may end in the middle of a secret. */
  function maskCuts(text: string): string {
    let masked = text;
    for (let end = masked.indexOf(CUT); end !== -1; end = masked.indexOf(CUT, end + 1)) {
      const found = cutOff(masked, end, SHORTEST_ENCODED);
      if (found === undefined) continue;
      let { from } = found;
      if (found.needle.insideBase64) while (from > 0 && isBase64(masked.charCodeAt(from - 1))) from--;
      const instead = `[${found.needle.name}]`;
      masked = masked.slice(0, from) + instead + masked.slice(end);
      end = from + instead.length;
    }
    return masked;
  }

  function unfinished(text: string): number {
    const found = cutOff(text, text.length, SHORTEST_ENCODED);
    let from = found?.from ?? text.length;
    if (found?.needle.insideBase64 === true) while (from > 0 && isBase64(text.charCodeAt(from - 1))) from--;
    if (found !== undefined) return text.length - from;
    for (let length = SHORTEST_ENCODED - 1; length > 0; length--) {
      if (beginnings.has(text.slice(-length))) return length;
    }
    return 0;
  }

  function needleAt(text: string, position: number): Needle | undefined {
    if (!firsts.has(text.charCodeAt(position))) return undefined;
    const candidates = needles.get(text.slice(position, position + SHORTEST_ENCODED));
    return candidates?.find((needle) => text.startsWith(needle.text, position));
  }

  function mask(text: string): string {
    let masked = '';
    let done = 0;
    for (let position = 0; position < text.length; position++) {
      const needle = needleAt(text, position);
      if (needle === undefined) continue;
      let from = position;
      let to = position + needle.text.length;
      if (needle.insideBase64) {
        while (from > done && isBase64(text.charCodeAt(from - 1))) from--;
        while (to < text.length && isBase64(text.charCodeAt(to))) to++;
      }
      masked += `${text.slice(done, from)}[${needle.name}]`;
      done = to;
      position = to - 1;
    }
    masked = maskCuts(masked + text.slice(done));
    return short.reduce((result, { value, name }) => result.replaceAll(value, `[${name}]`), masked);
  }

  function maskDeep<T>(value: T): T {
    if (typeof value === 'string') return mask(value) as T;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => maskDeep(item)) as T;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key), maskDeep(item)])) as T;
  }

  for (const secret of secrets) learn(secret);
  return { learn, mask, unfinished, maskDeep };
}

/** Letters, digits, + / - _ and the padding =. */
function isBase64(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 43 ||
    code === 45 ||
    code === 47 ||
    code === 61 ||
    code === 95
  );
}
