/** HTML that is ready: put into a template, it stays as it is. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What a template takes: text, which is escaped, numbers, ready HTML, lists of these; nothing for undefined and false. */
export type Content = string | number | Html | undefined | false | readonly Content[];

/** Makes HTML of a template; every text put into it is escaped, in attributes too (which are always in double quotes). */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.map((text, index) => (index === 0 ? text : render(values[index - 1]) + text)).join(''));
}

function render(value: Content): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escaped(readable(value));
  return typeof value === 'object' && !(value instanceof Html) ? value.map(render).join('') : String(value);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/**
 * Characters that HTML must not contain or that a reader cannot see, and that turn the reading direction, are written as
 * escapes: a report shows what a server sent, and does not do it.
 */
function readable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/gu, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
