import { ALL_FAULTS } from '../faults/all.ts';
import { MISBEHAVIOURS } from './misbehaviours.ts';

interface Row {
  readonly name: string;
  readonly claim: string;
  readonly description: string;
}

/** All that the mock can be told to do wrong, each with the claim that it breaks, as lines of text. */
export function listFaults(): string[] {
  const forClients = MISBEHAVIOURS.map(({ name, parameter, claim, description }) => ({
    name: parameter === undefined ? name : `${name}[=${parameter.name}]`,
    claim: claim ?? '-',
    description: parameter === undefined ? description : `${description}; default ${parameter.default}`,
  }));
  return [
    'What clients have to cope with (claim: - where the contract does not speak of it):',
    ...table(forClients),
    '',
    'Servers that break one claim:',
    ...table(ALL_FAULTS),
    '',
    '*TIMES behind a name: for the first TIMES calls of each customer alone, for example status-503*2.',
  ];
}

function table(rows: readonly Row[]): string[] {
  const width = Math.max(...rows.map((row) => row.name.length));
  return rows.map(({ name, claim, description }) => `  ${name.padEnd(width)}  ${claim.padEnd(5)}  ${description}`);
}
