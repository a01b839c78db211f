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

/** The tables of cases, before fields without a value get one. */
export const TABLES = {
  success: successTable,
  token: tokenTable,
  badRequest: badRequestTable,
  access: accessTable,
  identity: identityTable,
  observations: observationTable,
  // Late, so that a fault is first shown by a case of a table, if any.
  properties: propertyCases,
  // After everything else.
  epilogue: epilogueTable,
} satisfies Readonly<Record<string, readonly Case[]>>;

/** All cases, suite by suite. */
export const allCases: readonly Case[] = assignValues(Object.values(TABLES).flat());

/** The cases of one suite. Values are assigned to all suites together, so that no two calls of a run are alike. */
export function casesOf(suite: keyof typeof TABLES): readonly Case[] {
  const ids = new Set(TABLES[suite].map(({ id }) => id));
  return allCases.filter(({ id }) => ids.has(id));
}
