/** Values, by what services take them for: of each class a few that are got wrong in the same way. Templates. */
export type Classes = Readonly<Record<string, readonly string[]>>;

/** The class of a field that is not sent. */
export const ABSENT = 'absent';

/** A field that is not sent is one of the classes. */
export function orAbsent(classes: Classes): Classes {
  return { ...classes, [ABSENT]: [''] };
}
