import { html as template } from 'hono/html';

/** HTML that is ready: put into a template, it stays as it is. */
export type Html = Exclude<ReturnType<typeof template>, Promise<unknown>>;

/** What a template takes: text, which is escaped, numbers, ready HTML, lists of these; nothing for undefined and false. */
export type Content = string | number | Html | undefined | false | readonly Content[];

/** Makes HTML of a template; every text put into it is escaped, in attributes too (which are always in double quotes). */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  const made = template(strings, ...values.map(readable));
  if (made instanceof Promise) throw new Error('a template was given something that is not there yet');
  return made;
}

/**
 * Characters that HTML must not contain or that a reader cannot see, and that turn the reading direction, are written as
 * escapes: a report shows what a server sent, and does not do it.
 */
function readable(value: Content): Content {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'string') return value as Content;
  return value.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/gu, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
