/** Claims whose breach hands one party what is another's: no count of cases weighs as much. */
export const GRAVEST = /^(?:AU-\d+|GC-2|GC-3|TK-6)$/;
