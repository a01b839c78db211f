import { accessCases } from './access.ts';
import { badRequestCases } from './bad-request.ts';
import type { Case } from './case.ts';
import { identityCases } from './identity.ts';
import { observationCases } from './observations.ts';
import { propertyCases } from './properties.ts';
import { successCases } from './success.ts';
import { tokenCases } from './token.ts';

/** Every case there is, suite by suite. */
export const allCases: readonly Case[] = [
  ...successCases,
  ...tokenCases,
  ...badRequestCases,
  ...accessCases,
  ...identityCases,
  ...observationCases,
  // Last: whoever asks for the first case that shows a fault gets a table's, if a table shows it at all.
  ...propertyCases,
];
