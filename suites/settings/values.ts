import { describe, expectedIn, type VariableName } from './variables.ts';

/** The environment as a run reads it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One of a setting's words. What is wrong goes into `problems`, as with every reader here; then the default is returned. */
export function oneOf<T extends string>(env: Environment, name: VariableName, unless: T, problems: string[]): T {
  const { values = [] } = describe(name);
  const text = optional(env, name, problems, unless);
  if (Array.isArray(values) && values.includes(text)) return text as T;
  if (text !== '') problems.push(`${name} is ${JSON.stringify(text)}: expected ${expectedIn(describe(name))}`);
  return unless;
}

/** An empty value is a mistake (a variable that a pipeline failed to fill), not a choice of the default. */
export function optional(
  env: Environment,
  name: VariableName,
  problems: string[],
  unless = describe(name).default ?? '',
): string {
  const text = env[name]?.trim();
  if (text === undefined) return unless;
  const slip = slipIn(name, text);
  if (slip !== undefined) {
    problems.push(`${name} ${slip}`);
    return unless;
  }
  if (text !== '') return text;
  const without = unless === '' ? '' : ` (then ${unless})`;
  problems.push(`${name} is empty: expected ${expectedIn(describe(name))}, or no such variable${without}`);
  return unless;
}

/** A value that a live run cannot do without; it is never shown. */
export function required(env: Environment, name: VariableName, form: RegExp, problems: string[]): string {
  const text = (env[name] ?? '').trim();
  const what = expectedIn(describe(name));
  const mistake = slipIn(name, text) ?? mistakeIn(text);
  if (text === '') {
    problems.push(`${name} is ${env[name] === undefined ? 'missing' : 'empty'}: JUSPAY_TARGET=live needs ${what}`);
  } else if (mistake !== undefined) problems.push(`${name} ${mistake} (not shown)`);
  else if (!form.test(text)) {
    problems.push(
      `${name} is malformed (not shown): expected ${what}, of printable ASCII characters without spaces or colons`,
    );
  }
  return text;
}

/** What a shell, a pipeline or an editor left in a value that was meant otherwise. */
function slipIn(name: VariableName, text: string): string | undefined {
  // Only headers may end in one, or have lines.
  const isText = name === 'JUSPAY_HEADERS';
  if (/^['"`]/.test(text) || (/['"`]$/.test(text) && !isText)) {
    return 'has a quotation mark at its end, which would be a part of it: leave it out';
  }
  if (/\$\{.*\}|^\$\w+(?:[\\/]|$)|\$\(|^%\w+%$/.test(text))
    return 'holds the name of a variable that was not filled in';
  if (text.startsWith('~')) return 'begins with ~, which only a shell replaces: write the path in full';
  if (/\p{Cc}/u.test(text) && !isText) return 'has a line break or another control character in it';
  return undefined;
}

/** Stand for a key in examples, or for none in other languages. */
const PLACEHOLDER = /^(?:<.*>|\.+|x+|\*+|undefined|null|none|todo|changeme)$/i;

/** Ways in which people hand over a key, or an account, that no server takes. */
function mistakeIn(text: string): string | undefined {
  if (PLACEHOLDER.test(text)) return 'stands for a value, and is none: put yours in its place';
  if (/^Basic\s/i.test(text)) return 'begins with "Basic": give the key alone, the suite makes the header of it';
  if (text.endsWith(':')) return 'ends in a colon: leave it out, the suite adds it';
  const decoded = Buffer.from(text, 'base64');
  const isBase64 = decoded.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  if (isBase64 && /^[\x21-\x7e]+:$/.test(decoded.toString('latin1'))) {
    return 'is base64 already: give the key as the dashboard shows it, the suite encodes it';
  }
  return undefined;
}

/** A whole number within the setting's bounds. */
export function wholeNumber(
  env: Environment,
  name: VariableName,
  problems: string[],
  unless = Number(describe(name).default),
): number {
  const { values } = describe(name);
  const text = optional(env, name, problems, String(unless));
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (values !== undefined && 'from' in values && value >= values.from && value <= values.to) return value;
  problems.push(`${name} is ${JSON.stringify(text)}: expected ${expectedIn(describe(name))}`);
  return unless;
}
