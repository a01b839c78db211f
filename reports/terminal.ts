const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/gu;

/**
 * A text that every view can show as it is: characters that can move a terminal's cursor, change colours, turn the reading
 * direction, hide text, or that XML and HTML forbid are written as escapes. Line breaks and tabs stay.
 */
export function forTerminal(text: string): string {
  return text.replace(ACTING, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** JSON likewise: of what acts, only line breaks are left between its values. */
export function safeJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(ACTING, (character) =>
    character === '\n' ? character : inUnits(character),
  );
}

function inUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/** A text in one line of at most so many characters; an ellipsis stands for what is cut off. */
export function inOneLine(text: string, width: number): string {
  const characters = Array.from(forTerminal(text).replace(/\s+/g, ' ').trim());
  return characters.length <= width ? characters.join('') : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/**
 * A text in as many lines as it needs, broken between words; a word that is wider than a line is cut.
 * @param indent of every line but the first
 */
export function inLines(text: string, width: number, indent = 0): string {
  const lines: string[] = [];
  for (const word of forTerminal(text).split(/\s+/)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    // A pipeline would take a line that begins like this for a command of its own.
    const isCommand = /^(?:::|##)/.test(word);
    if (last !== undefined && (isCommand || Array.from(longer).length <= width - indent))
      lines[lines.length - 1] = longer;
    else lines.push(inOneLine(word, width - indent));
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** A text of at most so many characters, and an ellipsis where it was longer. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

/** A text with a capital, as a sentence begins. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** A text without line breaks, which could make a server's words look like a line of ours. */
export function withoutBreaks(text: string): string {
  return text.replace(/\r\n|[\r\n\u2028\u2029]/g, '⏎');
}
