import { ALL_FAULTS } from '../faults/all.ts';
import { MISBEHAVIOURS } from './misbehaviours.ts';

interface Row {
  readonly name: string;
  readonly claim: string;
  readonly description: string;
}

/** Every fault with the claim that it breaks, as lines of text. */
export function listFaults(): string[] {
  const forClients = MISBEHAVIOURS.map(({ name, parameter, claim, description }) => ({
    name: parameter === undefined ? name : `${name}[=${parameter.name}]`,
    claim: claim ?? '-',
    description: parameter === undefined ? description : `${description}; default ${parameter.default}`,
  }));
  return [
    'Faults that clients must handle (claim: - if none covers it):',
    ...table(forClients),
    '',
    'Servers that break one claim:',
    ...table(ALL_FAULTS),
    '',
    'NAME*TIMES: only for the first TIMES calls of each customer, for example status-503*2.',
  ];
}

function table(rows: readonly Row[]): string[] {
  const width = Math.max(...rows.map((row) => row.name.length));
  return rows.map(({ name, claim, description }) => `  ${name.padEnd(width)}  ${claim.padEnd(5)}  ${description}`);
}
