import { LETTERS_AND_DIGITS } from '../cases/characters.ts';
import { layersOf } from './layers.ts';
import type { Needle } from './needles.ts';

/** Shorter texts are not searched in encodings, where they would match by chance. */
export const SHORTEST_ENCODED = 4;

/**
 * The forms of a secret to search for, after decoding escapes: plain, with a form's plus signs, in hexadecimal, and in base64
 * and base64url at any offset, to find `key`, `key:` and `user:key`.
 * If a secret contains something like an escape (`%20`), decoding the text changes it too, so the decoded form is included.
 * @param plain without encodings
 */
export function spellingsOf(secret: string, plain = false): Omit<Needle, 'name'>[] {
  const undone = Array.from(layersOf(secret), ({ text }) => text.toLowerCase());
  const long = undone.filter((text, layer) => layer === 0 || text.length >= SHORTEST_ENCODED);
  const texts = new Set(long.flatMap((text) => [text, text.replaceAll(' ', '+')]));
  // A backslash at its end or before another escape is easily read as part of the next escape.
  for (const text of [...texts]) {
    for (const json of [escaped(text), escaped(text).replaceAll('/', '\\/')]) texts.add(json).add(escaped(json));
  }
  const bytes = Buffer.from(secret);
  if (!plain) texts.add(bytes.toString('hex'));
  const asText = [...texts].map((text) => ({ text, insideBase64: false }));
  return plain ? asText : [...asText, ...base64Spellings(bytes)];
}

/** The text as written in a JSON string. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * Base64 encodes three bytes as four characters, so a text has three forms, depending on its offset. The characters at both
 * ends depend on the neighbours and are dropped.
 */
function base64Spellings(bytes: Buffer): Omit<Needle, 'name'>[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const whole = padded.subarray(0, padded.length - (padded.length % 3));
    const core = whole.toString('base64').slice(offset === 0 ? 0 : 4);
    if (core.length < SHORTEST_ENCODED) return [];
    const url = core.replaceAll('+', '-').replaceAll('/', '_');
    return [...new Set([core, url])].map((exact) => ({ text: exact.toLowerCase(), exact, insideBase64: true }));
  });
}

/** The character codes of base64 and base64url, with the padding. */
export const BASE64: ReadonlySet<number> = new Set(Buffer.from(`${LETTERS_AND_DIGITS}+/-_=`));
