/** The environment as a run reads it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One of a few words. What is wrong goes into `problems`, as with every reader here; then the default is returned. */
export function oneOf<T extends string>(
  env: Environment,
  name: string,
  values: readonly T[],
  unless: T,
  problems: string[],
): T {
  const text = optional(env, name, values.join(' or '), unless, problems);
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  if (text !== '') problems.push(`${name} is ${JSON.stringify(text)}: expected ${values.join(' or ')}`);
  return unless;
}

/** An empty value is a mistake (a variable that a pipeline failed to fill), not a choice of the default. */
export function optional(env: Environment, name: string, expected: string, unless: string, problems: string[]): string {
  const text = env[name];
  if (text === undefined) return unless;
  if (text.trim() !== '') return text.trim();
  problems.push(`${name} is empty: expected ${expected}, or no such variable (then ${unless})`);
  return unless;
}

/** A value that a live run cannot do without; it is never shown. */
export function required(env: Environment, name: string, what: string, form: RegExp, problems: string[]): string {
  const text = (env[name] ?? '').trim();
  const state = env[name] === undefined ? 'missing' : text === '' ? 'empty' : undefined;
  if (state !== undefined) problems.push(`${name} is ${state}: JUSPAY_TARGET=live needs ${what}`);
  else if (!form.test(text)) {
    problems.push(
      `${name} is malformed (not shown): expected ${what}, of printable ASCII characters without spaces or colons`,
    );
  }
  return text;
}

/** A whole number within bounds. */
export function wholeNumber(
  env: Environment,
  name: string,
  { from, to, unless }: { from: number; to: number; unless: number },
  problems: string[],
): number {
  const text = optional(env, name, `a whole number from ${from} to ${to}`, String(unless), problems);
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  problems.push(`${name} is ${JSON.stringify(text)}: expected a whole number from ${from} to ${to}`);
  return unless;
}
