import { copyOf } from '../judge/body.ts';
import { layersOf } from './layers.ts';
import { Needles } from './needles.ts';
import { isOwnWord } from './own-words.ts';
import { isBase64, SHORTEST_ENCODED, spellingsOf } from './spellings.ts';

/** A value that must not leave the process, and what stands in its place. */
export interface Secret {
  readonly value: string;
  readonly name: string;
  /** Nobody writes it in base64 or hexadecimal: it is what a person is told by, and no key. */
  readonly plain?: true;
}

/** Replaces secrets in text, whatever they are written as. It is for text from outside: what a run means is never masked. */
export interface Masker {
  /** Adds a secret that became known on the way. */
  learn(secret: Secret): void;
  mask(text: string): string;
  /** How many characters at the end of a text may be the beginning of a secret that goes on in the next one. */
  unfinished(text: string): number;
}

interface Match {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** How whoever shortens a text marks the place: there a secret may be cut in its middle. */
const CUT = '…'.charCodeAt(0);

/**
 * Makes a masker. A secret is found in any letter case and under any escapes, also where it is cut; words that the suite
 * itself uses are never taken for one. The cost is linear in the text, and does not grow with the number of secrets.
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

  /** Where secrets stand in one layer, in their order. @param from which on @param endIsCut the text may go on */
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
        while (from > done && isBase64(text.charCodeAt(from - 1))) from--;
        while (to < text.length && isBase64(text.charCodeAt(to))) to++;
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
    // An escape that is cut is held back too.
    let first = text.length - (/(?:%[\da-f]?|\\(?:u[\da-f]{0,3})?|&#?[\da-z]{0,8})$/i.exec(text)?.[0].length ?? 0);
    for (const layer of layersOf(text)) {
      for (const { from, to } of matchesIn(layer.text, true)) {
        // The one that may go on. One that ends earlier, also where the text says that it was cut, is masked now.
        if (to === layer.text.length) first = Math.min(first, layer.at(from));
      }
    }
    return text.length - first;
  }

  for (const secret of secrets) learn(secret);
  return { learn, mask, unfinished };
}

/** In lowercase, with every character in its place. */
function fold(text: string): string {
  const folded = text.toLowerCase();
  if (folded.length === text.length) return folded;
  return Array.from({ length: text.length }, (_, index) => {
    const character = text.charAt(index).toLowerCase();
    return character.length === 1 ? character : text.charAt(index);
  }).join('');
}
