import { SetupError } from '../../../spec/setup-error.ts';
import { ALL_FAULTS } from '../faults/all.ts';
import type { Fault } from '../faults/fault.ts';
import { MISBEHAVIOURS, type Misbehaviour } from './misbehaviours.ts';

/** A parsed fault spec, `NAME[=PARAMETER][*TIMES]`. */
export interface FaultSpec {
  readonly text: string;
  readonly fault: Fault | Misbehaviour;
  /** As given, or its default; empty if the fault takes none. */
  readonly parameter: string;
  /** It applies to this many first calls of each customer. */
  readonly times: number;
}

const NAMED: ReadonlyMap<string, Fault | Misbehaviour> = new Map(
  [...ALL_FAULTS, ...MISBEHAVIOURS].map((one) => [one.name, one]),
);

const SYNTAX = /^([a-z0-9]+(?:-[a-z0-9]+)*)(?:=([^*]*))?(?:\*(\d+))?$/;

/** Parses `NAME[=PARAMETER][*TIMES]`. @throws SetupError if it is malformed or the name is unknown */
export function readFaultSpec(text: string): FaultSpec {
  const [, name = '', given, times] = SYNTAX.exec(text) ?? [];
  if (name === '') throw new SetupError(`fault "${text}": expected NAME[=PARAMETER][*TIMES]`);
  const fault = NAMED.get(name);
  if (fault === undefined) throw new SetupError(`no fault is named "${name}"; --list-faults prints all names`);
  const wanted = 'parameter' in fault ? fault.parameter : undefined;
  if (wanted === undefined && given !== undefined) throw new SetupError(`fault "${name}" takes no parameter`);
  const parameter = given ?? wanted?.default ?? '';
  if (wanted?.pattern.test(parameter) === false) {
    throw new SetupError(
      `fault "${name}=${parameter}": expected ${wanted.name}, for example ${name}=${wanted.default}`,
    );
  }
  return { text, fault, parameter, times: Number(times ?? Number.POSITIVE_INFINITY) };
}

/** Prefix of reserved references: `fault-SPEC-`, followed by anything that makes the reference unique. */
const RESERVED = 'fault-';

/**
 * Parses the fault spec in a reserved customer reference; undefined for an ordinary reference.
 * @throws SetupError if the reference is reserved but names no fault
 */
export function readReference(reference: string): FaultSpec | undefined {
  if (!reference.startsWith(RESERVED)) return undefined;
  const rest = reference.slice(RESERVED.length);
  // The longest name wins, because one may be a prefix of another.
  const names = [...NAMED.keys()].filter((name) => rest.startsWith(name) && /^[-=*]/.test(rest.slice(name.length)));
  const name = names.sort((a, b) => b.length - a.length)[0];
  if (name === undefined) {
    throw new SetupError(
      `customer reference "${reference}": "${RESERVED}" is reserved for fault specs, and no fault has that name`,
    );
  }
  const [options = ''] = rest.slice(name.length).split('-', 1);
  return readFaultSpec(`${name}${options}`);
}

/** Every fault with the claim that it breaks, as lines of text. */
export function listFaults(): string[] {
  const table = (rows: readonly (readonly [name: string, claim: string | undefined, description: string])[]) => {
    const width = Math.max(...rows.map(([name]) => name.length));
    return rows.map(([name, claim = '-', text]) => `  ${name.padEnd(width)}  ${claim.padEnd(5)}  ${text}`);
  };
  const forClients = MISBEHAVIOURS.map(({ name, parameter: one, claim, description }) =>
    one === undefined
      ? ([name, claim, description] as const)
      : ([`${name}[=${one.name}]`, claim, `${description}; default ${one.default}`] as const),
  );
  return [
    'Faults that clients must handle (claim: - if none covers it):',
    ...table(forClients),
    '',
    'Servers that break one claim:',
    ...table(ALL_FAULTS.map(({ name, claim, description }) => [name, claim, description])),
    '',
    'NAME*TIMES: only for the first TIMES calls of each customer, for example status-503*2.',
  ];
}
