import { copyOf } from '../judge/body.ts';
import { layersOf } from './layers.ts';
import { Needles } from './needles.ts';
import { isOwnWord } from './own-words.ts';
import { BASE64, SHORTEST_ENCODED, spellingsOf } from './spellings.ts';

/** A value that must not leave the process, and the name that replaces it. */
export interface Secret {
  readonly value: string;
  readonly name: string;
  /** Personal data instead of a key, which nobody writes in base64 or hexadecimal. */
  readonly plain?: true;
}

/** Replaces secrets in text from outside, in any encoding. Must not be applied to the suite's own values. */
export interface Masker {
  /** Adds a secret found during the run. */
  learn(secret: Secret): void;
  mask(text: string): string;
  /** How many characters at the end of a text may be the start of a secret that continues in the next piece. */
  unfinished(text: string): number;
}

interface Match {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** Marks truncated text, which may end inside a secret. */
const CUT = '…'.charCodeAt(0);

/**
 * Makes a masker. It finds secrets in any letter case and escaping, also truncated ones, but never masks the suite's own
 * words. Linear in the text's length, independent of the number of secrets.
 */
export function createMasker(secrets: readonly Secret[]): Masker {
  const known = new Set<string>();
  const needles = new Needles();
  const short: { readonly pattern: RegExp; readonly name: string }[] = [];

  function learn({ value: told, name, plain }: Secret): void {
    if (told === '' || known.has(told)) return;
    const value = copyOf(told);
    known.add(value);
    if (value.length < SHORTEST_ENCODED) {
      const literal = value.replace(/[^\p{L}\p{N}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
      short.push({ pattern: new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu'), name });
    } else for (const spelling of spellingsOf(value, plain)) needles.add({ ...spelling, name });
  }

  /** Matches in one layer, in order. @param endIsCut the text may continue */
  function* matchesIn(text: string, endIsCut: boolean): Generator<Match> {
    const folded = fold(text);
    const isCut = (place: number): boolean =>
      text.charCodeAt(place) === CUT || (endIsCut && place >= text.length && place > 0);
    let done = 0;
    for (let place = 0; place < text.length; place++) {
      const stands = needles.at(text, folded, place, isCut);
      if (stands === undefined || (stands.length < SHORTEST_ENCODED && !endIsCut)) continue;
      const { needle, length, whole } = stands;
      let [from, to] = [place, place + length];
      if (needle.insideBase64) {
        while (from > done && BASE64.has(text.charCodeAt(from - 1))) from--;
        while (to < text.length && BASE64.has(text.charCodeAt(to))) to++;
      } else if (whole && isOwnWord(folded, from, to)) continue;
      yield { from, to, name: needle.name };
      done = to;
      place = to - 1;
    }
    for (const { pattern, name } of short) {
      for (const { 0: found, index } of text.matchAll(pattern)) {
        const to = index + found.length;
        if (!isOwnWord(folded, index, to)) yield { from: index, to, name };
      }
    }
  }

  function mask(text: string): string {
    const found: Match[] = [];
    for (const layer of layersOf(text)) {
      for (const { from, to, name } of matchesIn(layer.text, false)) {
        found.push({ from: layer.at(from), to: layer.at(to), name });
      }
    }
    if (found.length === 0) return text;
    found.sort((a, b) => a.from - b.from || b.to - a.to);
    let masked = '';
    let done = 0;
    for (const { from, to, name } of found) {
      if (from >= done) masked += `${text.slice(done, from)}[${name}]`;
      done = Math.max(done, to);
    }
    return masked + text.slice(done);
  }

  function unfinished(text: string): number {
    // An incomplete escape is held back too.
    let first = text.length - (/(?:%[\da-f]?|\\(?:u[\da-f]{0,3})?|&#?[\da-z]{0,8})$/i.exec(text)?.[0].length ?? 0);
    for (const layer of layersOf(text)) {
      for (const { from, to } of matchesIn(layer.text, true)) {
        // Only a match at the end may continue. Others, also at a truncation mark, are masked now.
        if (to === layer.text.length) first = Math.min(first, layer.at(from));
      }
    }
    return text.length - first;
  }

  for (const secret of secrets) learn(secret);
  return { learn, mask, unfinished };
}

/** In lowercase, without moving any character. */
function fold(text: string): string {
  const folded = text.toLowerCase();
  if (folded.length === text.length) return folded;
  return Array.from({ length: text.length }, (_, index) => {
    const character = text.charAt(index).toLowerCase();
    return character.length === 1 ? character : text.charAt(index);
  }).join('');
}
