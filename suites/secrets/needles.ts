/** A text to search for. */
export interface Needle {
  readonly text: string;
  /** The text in its exact letter case; undefined if case does not matter. */
  readonly exact?: string;
  /** Part of a base64 text, whose surrounding characters contain the rest of the secret. */
  readonly insideBase64: boolean;
  readonly name: string;
}

/** A match: the whole needle, or its start up to where the text is truncated. */
export interface Stands {
  readonly needle: Needle;
  readonly length: number;
  readonly whole: boolean;
}

/** A node of a trie of needles. A single needle below a node is stored whole. */
class Branch {
  readonly below = new Map<number, Branch | Needle[]>();
  ends: Needle[] = [];
}

/** Depth of the trie; longer needles are then compared directly. */
const DEPTH = 256;

/**
 * Searches for many texts at once. The cost per position does not depend on their number, and adding one costs no more than
 * its length.
 */
export class Needles {
  readonly #root = new Branch();
  readonly #pairs = new Uint8Array(1 << 16);

  /** @param needle with lowercase text */
  add(needle: Needle): void {
    const { text } = needle;
    this.#pairs[placeOf(text.charCodeAt(0), text.charCodeAt(1))] = 1;
    let branch = this.#root;
    for (let depth = 0; depth < Math.min(text.length, DEPTH); depth++) {
      const code = text.charCodeAt(depth);
      const next = branch.below.get(code);
      if (next === undefined) {
        branch.below.set(code, [needle]);
        return;
      }
      if (next instanceof Branch) {
        branch = next;
        continue;
      }
      if (next[0]?.text === text) {
        next.push(needle);
        return;
      }
      // Both needles share this prefix: move them one level down.
      const grown = new Branch();
      branch.below.set(code, grown);
      const [first] = next;
      if (first !== undefined && first.text.length > depth + 1) grown.below.set(first.text.charCodeAt(depth + 1), next);
      else grown.ends = next;
      branch = grown;
    }
    branch.ends.push(needle);
  }

  /**
   * The longest needle at a position, complete or up to where the text is truncated.
   * @param folded the text in lowercase @param isCut whether the text is truncated at a position
   */
  at(text: string, folded: string, from: number, isCut: (place: number) => boolean): Stands | undefined {
    if (this.#pairs[placeOf(folded.charCodeAt(from), folded.charCodeAt(from + 1))] === 0 && !isCut(from + 1)) {
      return undefined;
    }
    let best: Stands | undefined;
    let branch: Branch = this.#root;
    for (let place = from; ; place++) {
      const end = branch.ends.find((needle) => isExact(needle, text, from, place - from));
      if (end !== undefined) best = { needle: end, length: place - from, whole: true };
      const next = isCut(place) ? undefined : branch.below.get(folded.charCodeAt(place));
      if (next instanceof Branch) {
        branch = next;
        continue;
      }
      const candidates = next ?? (best === undefined && isCut(place) && place > from ? anyBelow(branch) : []);
      for (const needle of candidates) {
        const whole = needle.text.length;
        let length = 0;
        while (length < whole && !isCut(from + length) && folded[from + length] === needle.text[length]) length++;
        const hasEnded = length === whole || isCut(from + length) || length >= DEPTH;
        if (hasEnded && isExact(needle, text, from, length)) return { needle, length, whole: length === whole };
      }
      return best;
    }
  }
}

function isExact({ exact }: Needle, text: string, from: number, length: number): boolean {
  return exact === undefined || text.startsWith(exact.slice(0, length), from);
}

function anyBelow(branch: Branch): readonly Needle[] {
  let next = branch;
  while (next.ends.length === 0) {
    const [first] = next.below.values();
    if (!(first instanceof Branch)) return first ?? [];
    next = first;
  }
  return next.ends;
}

/** Unique for each pair of ASCII characters. */
function placeOf(first: number, second: number): number {
  return ((first << 7) ^ second) & 0xffff;
}
