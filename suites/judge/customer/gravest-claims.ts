/** Claims whose violation gives one party access to another's data; no number of cases outweighs them. */
export const GRAVEST = /^(?:AU-\d+|GC-2|GC-3|TK-6)$/;
