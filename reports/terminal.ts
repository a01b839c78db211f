const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/gu;

/**
 * A text that is safe in every view: escapes characters that move a terminal's cursor, change colours or the reading
 * direction, hide text, or are forbidden in XML and HTML. Keeps line breaks and tabs.
 */
export function forTerminal(text: string): string {
  return text.replace(ACTING, (character) =>
    character === '\n' || character === '\t' ? character : inUnits(character),
  );
}

/** The same for JSON, in which only the line breaks between values are left. */
export function safeJson(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, null, indent);
  return text.replace(ACTING, (character) => (character === '\n' ? character : inUnits(character)));
}

/** As escapes of UTF-16 units: one for each, so that what follows cannot be taken for a part of it. */
function inUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/** A text in one line of at most `width` characters, with an ellipsis if it was longer. */
export function inOneLine(text: string, width: number): string {
  const characters = Array.from(forTerminal(text).replace(/\s+/g, ' ').trim());
  return characters.length <= width ? characters.join('') : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** A text wrapped between words; cuts a word that is wider than a line. @param indent of every line but the first */
export function inLines(text: string, width: number, indent = 0): string {
  const lines: string[] = [];
  for (const word of forTerminal(text).split(/\s+/)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    // How a line begins that a pipeline would execute as a command.
    const isCommand = /^(?:::|##)/.test(word);
    if (last !== undefined && (isCommand || Array.from(longer).length <= width - indent))
      lines[lines.length - 1] = longer;
    else lines.push(inOneLine(word, width - indent));
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** A text of at most `length` characters, with an ellipsis if it was longer. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

/** A text with a capital first letter, as a sentence. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** A text without line breaks, because a server's text could look like a line of ours. */
export function withoutBreaks(text: string): string {
  return text.replace(/\r\n|[\r\n\u2028\u2029]/g, '⏎');
}
