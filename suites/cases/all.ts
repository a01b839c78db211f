import { accessTable } from './access.ts';
import { badRequestTable } from './bad-request.ts';
import { type Case, makeCase } from './case.ts';
import { again } from './data.ts';
import { identityTable } from './identity.ts';
import { observationTable } from './observations.ts';
import { propertyCases } from './properties.ts';
import { successTable } from './success.ts';
import { tokenTable } from './token.ts';
import { assignValues } from './values/assign.ts';

/** Slightly more than one second, after which some servers forget. */
const KNOWN = { knownForMs: 1_100 };

/** Calls for the first customers again, because a server may forget after some customers or some time. */
const epilogueTable: readonly Case[] = [
  makeCase('GC-1/end-of-the-run', 'the first customers of the run are the same at its end', [
    again('EP-1/post', 'true', KNOWN),
    again('GC-3/each-its-own-answer', 'true', { ...KNOWN, nth: 5 }),
  ]),
];

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
