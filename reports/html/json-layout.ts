/** A line of a JSON text, laid out for reading. */
export interface JsonLine {
  readonly text: string;
  /** JSON pointer of the value that begins, ends or stands on the line. */
  readonly pointer: string;
}

/** Strings, numbers and words, and each mark, of a text that is known to be JSON. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[^\s"{}[\]:,]+|[{}[\]:,]/g;

/**
 * Lays a JSON text out, a value a line. Every token stays as it was sent: numbers, escapes, order and properties that are
 * there twice, all of which would be lost by parsing it and writing it again.
 * @returns undefined for a text that is no JSON object or array
 */
export function layOutJson(text: string): JsonLine[] | undefined {
  if (!/^\s*[{[]/.test(text) || !isJson(text)) return undefined;
  const layout = new Layout();
  for (const [token] of text.matchAll(TOKEN)) layout.take(token);
  return layout.lines;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

interface Open {
  readonly array: boolean;
  readonly pointer: string;
  items: number;
}

class Layout {
  readonly lines: JsonLine[] = [];
  readonly #open: Open[] = [];
  #line = '';
  #pointer = '';
  #key: string | undefined;

  take(token: string): void {
    const inside = this.#open.at(-1);
    if (token === ',') this.#endLine(',');
    else if (token === ':') this.#line += ': ';
    else if (token === '}' || token === ']') this.#close(token);
    else if (inside !== undefined && !inside.array && this.#key === undefined) this.#beginProperty(inside, token);
    else this.#value(inside, token);
  }

  #beginProperty(inside: Open, token: string): void {
    this.#key = JSON.parse(token) as string;
    this.#pointer = `${inside.pointer}/${this.#key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    this.#line = token;
  }

  #value(inside: Open | undefined, token: string): void {
    if (inside?.array === true) this.#pointer = `${inside.pointer}/${inside.items}`;
    if (inside !== undefined) inside.items += 1;
    this.#key = undefined;
    this.#line += token;
    if (token !== '{' && token !== '[') return;
    const pointer = this.#pointer;
    this.#endLine('');
    this.#open.push({ array: token === '[', pointer, items: 0 });
  }

  #close(token: string): void {
    this.#endLine('');
    const closed = this.#open.pop();
    this.#pointer = closed?.pointer ?? '';
    const last = this.lines.at(-1);
    if (closed?.items === 0 && last !== undefined) this.lines.splice(-1, 1, { ...last, text: `${last.text}${token}` });
    else this.#line = token;
    if (this.#open.length === 0) this.#endLine('');
  }

  #endLine(mark: string): void {
    if (this.#line === '') {
      const last = this.lines.at(-1);
      if (mark !== '' && last !== undefined) this.lines.splice(-1, 1, { ...last, text: `${last.text}${mark}` });
      return;
    }
    this.lines.push({ text: `${'  '.repeat(this.#open.length)}${this.#line}${mark}`, pointer: this.#pointer });
    this.#line = '';
  }
}
