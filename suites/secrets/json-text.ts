/** A name and its value as JSON writes them, wherever they stand in a text: in a page, in a log, in a body that was cut. */
export interface WrittenPair {
  /** Unescaped. */
  readonly name: string;
  /** The value as it is written: a text with its quotes, or digits. */
  readonly written: string;
  /** Where the value begins, and where it ends. */
  readonly from: number;
  readonly to: number;
}

const NUMBER = /-?\d[\d.eE+-]*/y;

/**
 * Every pair whose value is a text or a number, in their order. Reads each character once: a text that never ends, or a
 * million quotes, cost no more than their length.
 */
export function* pairsIn(text: string): Generator<WrittenPair> {
  let place = text.indexOf('"');
  let colonAfter: { readonly name: string; readonly at: number } | undefined;
  while (place !== -1) {
    const end = endOfText(text, place);
    const written = text.slice(place, end);
    if (colonAfter?.at === place) yield { name: colonAfter.name, written, from: place, to: end };
    colonAfter = undefined;
    let next = afterBlanks(text, end);
    if (text[next] === ':') {
      next = afterBlanks(text, next + 1);
      const name = unquoted(written);
      NUMBER.lastIndex = next;
      const number = NUMBER.exec(text)?.[0];
      if (number !== undefined) yield { name, written: number, from: next, to: next + number.length };
      colonAfter = { name, at: next };
    }
    place = text.indexOf('"', end);
  }
}

/** A text of JSON without its quotes and escapes; as it stands where it is none, or was cut. */
export function unquoted(written: string): string {
  if (!written.startsWith('"')) return written;
  if (!written.includes('\\') && written.length > 1 && written.endsWith('"')) return written.slice(1, -1);
  try {
    return String(JSON.parse(written));
  } catch {
    return written.slice(1, written.length > 1 && written.endsWith('"') ? -1 : undefined);
  }
}

/** Behind the closing quote, or the end where there is none. */
function endOfText(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let first = quote;
    while (text[first - 1] === '\\' && first - 1 > from) first--;
    if ((quote - first) % 2 === 0) return quote + 1;
  }
  return text.length;
}

function afterBlanks(text: string, from: number): number {
  let place = from;
  while (place < text.length && ' \t\r\n'.includes(text.charAt(place))) place++;
  return place;
}
