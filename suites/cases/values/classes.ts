/** Values by class: each class has a few values that servers get wrong in the same way. Templates. */
export type Classes = Readonly<Record<string, readonly string[]>>;

/** The class of an omitted field. */
export const ABSENT = 'absent';

/** Adds the class of omitted fields. */
export function orAbsent(classes: Classes): Classes {
  return { ...classes, [ABSENT]: [''] };
}

/** Values written with white space between them. */
export function listed(values: string): readonly string[] {
  return values.trim().split(/\s+/);
}
