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

interface Match {
  readonly from: number;
  readonly to: number;
  readonly name: string;
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
  const pairs = new PairSet();
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
      pairs.add(key.charCodeAt(0), key.charCodeAt(1));
      for (let length = 1; length < SHORTEST_ENCODED; length++) beginnings.add(key.slice(0, length));
      longest = Math.max(longest, spelling.text.length);
    }
  }

  /** Where a secret begins that is cut off at `end`, at `floor` or after it. */
  function cutOff(text: string, end: number, floor: number): { from: number; needle: Needle } | undefined {
    for (let from = Math.max(floor, end - longest + 1); from <= end - SHORTEST_ENCODED; from++) {
      if (!pairs.mayHave(text.charCodeAt(from), text.charCodeAt(from + 1))) continue;
      const part = text.slice(from, end);
      const needle = needles.get(part.slice(0, SHORTEST_ENCODED))?.find(({ text: whole }) => whole.startsWith(part));
      if (needle === undefined) continue;
      let first = from;
      if (needle.insideBase64) while (first > floor && isBase64(text.charCodeAt(first - 1))) first--;
      return { from: first, needle };
    }
    return undefined;
  }

  /** A text that was cut, and says so, may end in the middle of a secret. */
  function maskCuts(text: string): string {
    let masked = text;
    for (let end = masked.indexOf(CUT); end !== -1; end = masked.indexOf(CUT, end + 1)) {
      const found = cutOff(masked, end, 0);
      if (found === undefined) continue;
      const { from } = found;
      const instead = `[${found.needle.name}]`;
      masked = masked.slice(0, from) + instead + masked.slice(end);
      end = from + instead.length;
    }
    return masked;
  }

  function unfinished(text: string): number {
    // A secret that is whole must not be torn apart because its end could begin another one.
    const floor = matches(text).at(-1)?.to ?? 0;
    const found = cutOff(text, text.length, floor);
    if (found !== undefined) return text.length - found.from;
    for (let length = Math.min(SHORTEST_ENCODED - 1, text.length - floor); length > 0; length--) {
      if (beginnings.has(text.slice(-length))) return length;
    }
    return 0;
  }

  function needleAt(text: string, position: number): Needle | undefined {
    const candidates = needles.get(text.slice(position, position + SHORTEST_ENCODED));
    return candidates?.find((needle) => text.startsWith(needle.text, position));
  }

  /** Where whole secrets stand, in their order; what lies around a piece of base64 holds the rest of it. */
  function matches(text: string): Match[] {
    const found: Match[] = [];
    let done = 0;
    for (let position = 0; position <= text.length - SHORTEST_ENCODED; position++) {
      if (!pairs.mayHave(text.charCodeAt(position), text.charCodeAt(position + 1))) continue;
      const needle = needleAt(text, position);
      if (needle === undefined || isInName(text, position, needle.text.length)) continue;
      let from = position;
      let to = position + needle.text.length;
      if (needle.insideBase64) {
        while (from > done && isBase64(text.charCodeAt(from - 1))) from--;
        while (to < text.length && isBase64(text.charCodeAt(to))) to++;
      }
      found.push({ from, to, name: needle.name });
      done = to;
      position = to - 1;
    }
    return found;
  }

  function mask(text: string): string {
    let masked = '';
    let done = 0;
    for (const { from, to, name } of matches(text)) {
      masked += `${text.slice(done, from)}[${name}]`;
      done = to;
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

/** Pairs of characters that a secret begins with; it may also say so of another pair, but of few. */
class PairSet {
  readonly #marks = new Uint8Array(1 << 16);

  add(first: number, second: number): void {
    this.#marks[placeOf(first, second)] = 1;
  }

  mayHave(first: number, second: number): boolean {
    return this.#marks[placeOf(first, second)] === 1;
  }
}

/** Different for any two pairs of ASCII. */
function placeOf(first: number, second: number): number {
  return ((first << 7) ^ second) & 0xffff;
}

/** How a command that repeats a call has its secrets; a sample's merchant id is a part of it: merchant_id. */
const NAMES = ['JUSPAY_API_KEY', 'JUSPAY_MERCHANT_ID'];

/** Whether a match is no more than a part of such a name. */
function isInName(text: string, from: number, length: number): boolean {
  return NAMES.some((name) => {
    const at = text.lastIndexOf(name, from);
    return at !== -1 && length < name.length && from + length <= at + name.length;
  });
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
