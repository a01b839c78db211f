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
  /** The same value with every text in it masked, property names included. */
  maskDeep<T>(value: T): T;
}

/** Shorter texts are masked as they stand, but not in encodings, where they would match by chance. */
const SHORTEST_ENCODED = 4;

/**
 * Makes a masker. A secret is found raw, percent-, form- and JSON-coded, escaped for XML, in hexadecimal, and in base64
 * at any offset, so that `key`, `key:` and `anything key anything` are all found.
 */
export function createMasker(secrets: readonly Secret[]): Masker {
  const known = new Map<string, string>();
  let pattern: RegExp | undefined;
  let names: string[] = [];

  function learn({ value, name }: Secret): void {
    if (value === '' || known.has(value)) return;
    known.set(value, name);
    pattern = undefined;
  }

  function compile(): RegExp {
    // The longest first: a key must not be hidden up to the point where a shorter one ends.
    const entries = [...known].sort(([a], [b]) => b.length - a.length);
    names = entries.map(([, name]) => name);
    return new RegExp(entries.map(([value]) => `(${spellings(value).join('|')})`).join('|'), 'g');
  }

  function mask(text: string): string {
    if (known.size === 0) return text;
    pattern ??= compile();
    return text.replace(pattern, (...match: unknown[]) => {
      const group = match.slice(1, 1 + names.length).findIndex((part) => part !== undefined);
      return `[${names[group] ?? 'secret'}]`;
    });
  }

  function maskDeep<T>(value: T): T {
    if (typeof value === 'string') return mask(value) as T;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => maskDeep(item)) as T;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key), maskDeep(item)])) as T;
  }

  for (const secret of secrets) learn(secret);
  return { learn, mask, maskDeep };
}

/** Regular expressions for every way in which a secret may be written. */
function spellings(value: string): string[] {
  const plain = new Set([value]);
  if (value.length < SHORTEST_ENCODED) return [...plain].map(escapeRegExp);
  const bytes = Buffer.from(value);
  const form = new URLSearchParams([['', value]]).toString().slice(1);
  for (const text of [encodeURIComponent(value), encodeURI(value), form]) {
    plain.add(text);
    plain.add(text.replace(/%../g, (code) => code.toLowerCase()));
  }
  const json = JSON.stringify(value).slice(1, -1);
  plain.add(json).add(json.replaceAll('/', '\\/'));
  plain.add(value.replace(/[^\w]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`));
  plain.add(value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'));
  const everyByte = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  const percentCoded = everyByte.map((byte) => `%${caseless(byte)}`).join('');
  const hexadecimal = everyByte.map(caseless).join('');
  return [...[...plain].map(escapeRegExp), ...base64Spellings(bytes), percentCoded, hexadecimal];
}

/**
 * Base64 writes three bytes as four characters, so that a text has three spellings by where it begins. The characters at
 * both ends depend on the neighbours and are cut; what is masked reaches to the ends of the base64 around it.
 */
function base64Spellings(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const whole = padded.subarray(0, padded.length - (padded.length % 3));
    const core = whole.toString('base64').slice(offset === 0 ? 0 : 4);
    if (core.length < SHORTEST_ENCODED) return [];
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')].map(
      (text) => `[\\w+/-]*${escapeRegExp(text)}[\\w+/=-]*`,
    );
  });
}

function caseless(hexadecimal: string): string {
  return hexadecimal.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
