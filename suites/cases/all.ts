import { accessTable } from './access.ts';
import { badRequestTable } from './bad-request.ts';
import type { Case } from './case.ts';
import { epilogueOf } from './epilogue.ts';
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
  // Last: whoever asks for the first case that shows a fault gets a table's, if a table shows it at all.
  properties: propertyCases,
} satisfies Readonly<Record<string, readonly Case[]>>;

const asked = assignValues(Object.values(TABLES).flat());

/** What is asked when everything else was. */
export const epilogueCases = epilogueOf(asked);

/** Every case there is, suite by suite. */
export const allCases: readonly Case[] = [...asked, ...epilogueCases];

/** The cases of one suite. Values are given to all of them together, so that no two calls of a run are alike. */
export function casesOf(suite: keyof typeof TABLES): readonly Case[] {
  const ids = new Set(TABLES[suite].map(({ id }) => id));
  return allCases.filter(({ id }) => ids.has(id));
}
