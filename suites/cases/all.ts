import { accessTable } from './access.ts';
import { badRequestTable } from './bad-request.ts';
import type { Case } from './case.ts';
import { epilogueTable } from './epilogue.ts';
import { identityTable } from './identity.ts';
import { observationTable } from './observations.ts';
import { propertyCases } from './properties.ts';
import { successTable } from './success.ts';
import { tokenTable } from './token.ts';
import { assignValues } from './values/assign.ts';

/** What the cases are made from: fields that a case is not about have no value yet. */
export const TABLES = {
  success: successTable,
  token: tokenTable,
  badRequest: badRequestTable,
  access: accessTable,
  identity: identityTable,
  observations: observationTable,
  // Late: whoever asks for the first case that shows a fault gets a table's, if a table shows it at all.
  properties: propertyCases,
  // What is asked when everything else was.
  epilogue: epilogueTable,
} satisfies Readonly<Record<string, readonly Case[]>>;

/** Every case there is, suite by suite. */
export const allCases: readonly Case[] = assignValues(Object.values(TABLES).flat());

/** The cases of one suite. Values are given to all of them together, so that no two calls of a run are alike. */
export function casesOf(suite: keyof typeof TABLES): readonly Case[] {
  const ids = new Set(TABLES[suite].map(({ id }) => id));
  return allCases.filter(({ id }) => ids.has(id));
}
