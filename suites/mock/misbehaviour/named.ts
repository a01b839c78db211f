import { SetupError } from '../../../spec/setup-error.ts';
import { ALL_FAULTS } from '../faults/all.ts';
import type { Fault } from '../faults/fault.ts';
import { MISBEHAVIOURS } from './misbehaviours.ts';
import type { Misbehaviour } from './turn.ts';

/** A fault that has a name. */
export type Named =
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'misbehaviour'; readonly misbehaviour: Misbehaviour; readonly parameter: string };

/** A parsed fault spec, `NAME[=PARAMETER][*TIMES]`. */
export interface FaultSpec {
  readonly text: string;
  readonly what: Named;
  /** It applies to this many first calls of each customer. */
  readonly times: number;
}

const SYNTAX = /^([a-z0-9]+(?:-[a-z0-9]+)*)(?:=([^*]*))?(?:\*(\d+))?$/;

/** Parses `NAME[=PARAMETER][*TIMES]`. @throws SetupError if it is malformed or the name is unknown */
export function readFaultSpec(text: string): FaultSpec {
  const [, name = '', parameter, times] = SYNTAX.exec(text) ?? [];
  if (name === '') throw new SetupError(`fault "${text}": expected NAME[=PARAMETER][*TIMES]`);
  return { text, what: named(name, parameter), times: times === undefined ? Number.POSITIVE_INFINITY : Number(times) };
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
  const names = [...NAMES].filter((name) => rest.startsWith(name) && /^[-=*]/.test(rest.slice(name.length)));
  const name = names.sort((a, b) => b.length - a.length)[0];
  if (name === undefined) {
    throw new SetupError(
      `customer reference "${reference}": "${RESERVED}" is reserved for fault specs, and no fault has that name`,
    );
  }
  const [options = ''] = rest.slice(name.length).split('-', 1);
  return readFaultSpec(`${name}${options}`);
}

const NAMES: ReadonlySet<string> = new Set([
  ...ALL_FAULTS.map((fault) => fault.name),
  ...MISBEHAVIOURS.map((misbehaviour) => misbehaviour.name),
]);

function named(name: string, parameter: string | undefined): Named {
  const misbehaviour = MISBEHAVIOURS.find((one) => one.name === name);
  if (misbehaviour !== undefined) {
    const { parameter: wanted } = misbehaviour;
    if (wanted === undefined && parameter !== undefined) throw new SetupError(`fault "${name}" takes no parameter`);
    const given = parameter ?? wanted?.default ?? '';
    if (wanted !== undefined && !wanted.pattern.test(given)) {
      throw new SetupError(`fault "${name}=${given}": expected ${wanted.name}, for example ${name}=${wanted.default}`);
    }
    return { kind: 'misbehaviour', misbehaviour, parameter: given };
  }
  const fault = ALL_FAULTS.find((one) => one.name === name);
  if (fault === undefined) throw new SetupError(`no fault is named "${name}"; --list-faults prints all names`);
  if (parameter !== undefined) throw new SetupError(`fault "${name}" takes no parameter`);
  return { kind: 'fault', fault };
}
