import { fileURLToPath } from 'node:url';
import { readChecked } from '../../spec/checked-file.ts';

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

/** Reads unchanged.yaml. @throws SetupError for an entry without a constraint or a reason */
export const readUnchanged = () =>
  readEntries<Unchanged>(new URL('unchanged.yaml', import.meta.url), 'constraint', ['by']);

/** Reads equivalents.yaml. @throws SetupError for an entry without an id or a reason */
export const readEquivalents = () => readEntries<Equivalent>(new URL('equivalents.yaml', import.meta.url), 'id');

/** Reads one-sided.yaml. @throws SetupError for an entry without a constraint or a reason */
export const readOneSided = () => readEntries<OneSided>(new URL('one-sided.yaml', import.meta.url), 'constraint');

function readEntries<Entry>(file: URL, key: string, optional: readonly string[] = []): readonly Entry[] {
  const text = { type: 'string', description: 'a text' };
  const reason = { type: 'string', minLength: 10, description: 'a written reason' };
  const properties = { ...Object.fromEntries([key, ...optional].map((one) => [one, text])), reason };
  const entry = { type: 'object', description: 'an entry', additionalProperties: false, properties };
  const schema = { type: 'array', description: 'a list', items: { ...entry, required: [key, 'reason'] } };
  return readChecked<Entry[]>(fileURLToPath(file), schema).value;
}
