import { forTerminal } from '../terminal.ts';

/** Finished HTML, which a template does not escape. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/**
 * A value in a template: text (which is escaped), a number, finished HTML, or a list of these; undefined and false give
 * nothing.
 */
export type Content = string | number | Html | undefined | false | readonly Content[];

/** Makes HTML from a template. Escapes every text, also in attributes (always written in double quotes). */
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
 * A text for HTML. Characters that are forbidden in HTML, invisible, or change the reading direction are shown as escapes,
 * so that a server's text has no effect.
 */
function escaped(text: string): string {
  return forTerminal(text).replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? '');
}

/** Our own text, with code in backticks. */
export function prose(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** The element id of a claim or a case: its own id, without characters that are invalid in a URL. */
export function anchor(id: string): string {
  return id.replace(/[^A-Za-z0-9/_.-]/g, '_');
}
