import { describe, expectedIn, type VariableName } from './variables.ts';

/** The environment as a run reads it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads one of a setting's words. All readers here add errors to `problems` and then return the default. */
export function oneOf<T extends string>(env: Environment, name: VariableName, unless: T, problems: string[]): T {
  const { values = [] } = describe(name);
  const text = optional(env, name, problems, unless);
  if (Array.isArray(values) && values.includes(text)) return text as T;
  if (text !== '') problems.push(`${name} is ${JSON.stringify(text)}: expected ${expectedIn(describe(name))}`);
  return unless;
}

/** An empty value is an error (a variable that a pipeline failed to set), not the default. */
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
  const without = unless === '' ? '' : ` (default ${unless})`;
  problems.push(`${name} is empty: expected ${expectedIn(describe(name))}; otherwise unset it${without}`);
  return unless;
}

/** A value that a live run requires; never shown. */
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

/** A typical mistake of shell, pipeline or editor. */
function slipIn(name: VariableName, text: string): string | undefined {
  // Header values may end in a quotation mark and have line breaks.
  const isText = name === 'JUSPAY_HEADERS';
  if (/^['"`“”‘’]/.test(text) || (/['"`“”‘’]$/.test(text) && !isText)) {
    return 'starts or ends with a quotation mark, which would be part of the value: remove it';
  }
  if (/\$\{.*\}|^\$\w+(?:[\\/]|$)|\$\(|^%\w+%$/.test(text)) return 'contains a variable that was not expanded';
  if (text.startsWith('~')) return 'starts with ~, which only a shell expands: write the path in full';
  if (/\p{Cc}/u.test(text) && !isText) return 'contains a line break or another control character';
  return undefined;
}

/** Placeholders of examples, or "no value" in other languages. */
const PLACEHOLDER = /^(?:<.*>|\.+|x+|\*+|undefined|null|none|todo|changeme)$/i;

/** Common mistakes in a key or an account. */
function mistakeIn(text: string): string | undefined {
  if (PLACEHOLDER.test(text)) return 'is a placeholder: replace it by your own value';
  if (/^Basic\s/i.test(text)) return 'starts with "Basic": set only the key, the suite builds the header';
  if (text.endsWith(':')) return 'ends with a colon: remove it, the suite adds it';
  const decoded = Buffer.from(text, 'base64');
  const isBase64 = decoded.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  // With a colon, or long enough that a key does not decode to legible text by chance.
  if (isBase64 && /^[\x21-\x7e]+:$|^[\w-]{12,}$/.test(decoded.toString('latin1'))) {
    return 'is already base64: set the key as the dashboard shows it, the suite encodes it';
  }
  return undefined;
}

/** Reads a whole number within the setting's range. */
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
