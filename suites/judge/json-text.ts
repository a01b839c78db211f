/** A name and value in JSON syntax, anywhere in a text: a page, a log, a truncated body. */
export interface WrittenPair {
  /** Unescaped. */
  readonly name: string;
  /** The value as written: a string with its quotes, or a number. */
  readonly written: string;
  /** Start and end of the value. */
  readonly from: number;
  readonly to: number;
}

const NUMBER = /-?\d[\d.eE+-]*/y;

/**
 * Every pair whose value is a string or a number, in order. Linear in the length, even for an unterminated string or a
 * million quotes.
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

/** A JSON string without quotes and escapes; unchanged if it is not one, or is truncated. */
export function unquoted(written: string): string {
  if (!written.startsWith('"')) return written;
  if (!written.includes('\\') && written.length > 1 && written.endsWith('"')) return written.slice(1, -1);
  try {
    return String(JSON.parse(written));
  } catch {
    return written.slice(1, written.length > 1 && written.endsWith('"') ? -1 : undefined);
  }
}

/** The position after the closing quote, or the text's end if there is none. @param from the opening quote */
export function endOfText(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let first = quote;
    while (text[first - 1] === '\\' && first - 1 > from) first--;
    if ((quote - first) % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** The position of the first character that is not white space. */
export function afterBlanks(text: string, from: number): number {
  let place = from;
  while (place < text.length && ' \t\r\n'.includes(text.charAt(place))) place++;
  return place;
}
