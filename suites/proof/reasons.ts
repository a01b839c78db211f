import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A mutant that is not a wrong server, with the reason. */
export interface Equivalent {
  readonly id: string;
  readonly reason: string;
}

/** Constraints that can only be tried from one side, by the end of their name, with the reason. */
export interface OneSided {
  readonly constraint: string;
  readonly reason: string;
}

/** Constraints that no derived mutant changes, by the end of their pointer, with the reason. */
export interface Unchanged extends OneSided {
  /** A mutant that breaks it anyway, if there is one. */
  readonly by?: string;
}

/** Reads unchanged.yaml. @throws Error for an entry without a constraint or a reason */
export function readUnchanged(): Unchanged[] {
  return readEntries(new URL('unchanged.yaml', import.meta.url), 'constraint').map(([constraint, reason, by]) => ({
    ...{ constraint, reason },
    ...(by === undefined ? {} : { by }),
  }));
}

/** Reads equivalents.yaml. @throws Error for an entry without an id or a reason */
export function readEquivalents(): Equivalent[] {
  return readEntries(new URL('equivalents.yaml', import.meta.url), 'id').map(([id, reason]) => ({ id, reason }));
}

/** Reads one-sided.yaml. @throws Error for an entry without a constraint or a reason */
export function readOneSided(): OneSided[] {
  return readEntries(new URL('one-sided.yaml', import.meta.url), 'constraint').map(([constraint, reason]) => ({
    constraint,
    reason,
  }));
}

function readEntries(file: URL, key: string): [string, string, string | undefined][] {
  const entries: unknown = parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(entries)) throw new Error(`${file.pathname}: expected a list`);
  return entries.map((entry: Record<string, unknown>, index) => {
    const { [key]: name, reason, by } = entry;
    if (typeof name !== 'string' || typeof reason !== 'string' || reason.length < 10) {
      throw new Error(`${file.pathname}: entry ${index + 1} needs "${key}" and a written "reason"`);
    }
    return [name, reason, typeof by === 'string' ? by : undefined];
  });
}
