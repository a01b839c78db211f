import { forTerminal } from '../terminal.ts';

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
  return new Html(strings.map((part, index) => `${part}${written(values[index])}`).join(''));
}

function written(value: Content): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (Array.isArray(value)) return value.map(written).join('');
  return escaped(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A text for HTML. Characters that HTML must not contain, that a reader cannot see, or that turn the reading direction are
 * written as escapes: a report shows what a server sent, and does not do it.
 */
function escaped(text: string): string {
  return forTerminal(text).replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? '');
}

/** A text of ours in which backticks make code. */
export function prose(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** The id of an element that stands for a claim or a case; the same as its own, but for what an address cannot hold. */
export function anchor(id: string): string {
  return id.replace(/[^A-Za-z0-9/_.-]/g, '_');
}
