/**
 * A text that a terminal shows as it is: control characters, which can move the cursor, change colours or hide text, are
 * written as escapes. Line breaks and tabs stay.
 */
export function forTerminal(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
