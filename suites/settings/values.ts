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
  const text = env[name];
  if (text === undefined) return unless;
  if (text.trim() !== '') return text.trim();
  const without = unless === '' ? '' : ` (then ${unless})`;
  problems.push(`${name} is empty: expected ${expectedIn(describe(name))}, or no such variable${without}`);
  return unless;
}

/** A value that a live run cannot do without; it is never shown. */
export function required(env: Environment, name: VariableName, form: RegExp, problems: string[]): string {
  const text = (env[name] ?? '').trim();
  const what = expectedIn(describe(name));
  const mistake = mistakeIn(text);
  if (env[name] === undefined || text === '') {
    problems.push(`${name} is ${text === env[name] ? 'empty' : 'missing'}: JUSPAY_TARGET=live needs ${what}`);
  } else if (mistake !== undefined) problems.push(`${name} ${mistake} (not shown)`);
  else if (!form.test(text)) {
    problems.push(
      `${name} is malformed (not shown): expected ${what}, of printable ASCII characters without spaces or colons`,
    );
  }
  return text;
}

/** Ways in which people hand over a key, or an account, that no server takes. */
function mistakeIn(text: string): string | undefined {
  if (/^(['"`]).*\1$/s.test(text)) return 'is in quotes, which would be sent with it: leave them out';
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
